using System;

namespace CloudPosture.Aws.Protocols;

/// <summary>An answer's body is not what its operation's model describes.</summary>
internal sealed class MalformedAnswerException(string message) : Exception(message);
