using System;

namespace CloudPosture.Aws.Protocols;

/// <summary>A call's input does not fit its operation. Where it was made of what an answer told, the answer may be at fault.</summary>
internal sealed class UnfitInputException(string message) : ArgumentException(message);
