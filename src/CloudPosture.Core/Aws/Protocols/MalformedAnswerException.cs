using System;

namespace CloudPosture.Aws.Protocols;

/// <summary>An answer's body is not what its operation's model describes.</summary>
internal sealed class MalformedAnswerException(string message) : Exception(message)
{
    /// <summary>Whether there was more of it than of any answer of AWS. Whoever asks again is given as much again.</summary>
    public bool IsTooLong { get; init; }
}
