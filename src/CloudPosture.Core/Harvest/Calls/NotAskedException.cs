using System;
using CloudPosture.Aws;

namespace CloudPosture.Harvest.Calls;

/// <summary>A call was not sent, as it is known already how it would fail.</summary>
internal sealed class NotAskedException(AwsServiceException reason) : Exception(reason.Message)
{
    /// <summary>What to tell of it.</summary>
    public AwsServiceException Reason => reason;
}
