using System;
using CloudPosture.Errors;

namespace CloudPosture.Aws;

/// <summary>A setting that makes calls impossible: an endpoint, a Region, an environment variable. The message says what to change.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What it came from.</param>
public sealed class AwsConfigurationException(string message, Exception? cause = null) : CloudPostureException(message, cause)
{
    /// <inheritdoc/>
    public override string Id => "AwsConfiguration";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidArgument;
}
