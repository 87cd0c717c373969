using System;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>An error that a service answers; the protocol decides its form on the wire.</summary>
internal sealed class AwsError(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Seconds for a Retry-After header, where the answer carries one.</summary>
    public int? RetryAfter { get; init; }
}
