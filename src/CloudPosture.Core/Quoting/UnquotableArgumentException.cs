using System;

namespace CloudPosture.Quoting;

/// <summary>An argument that a shell has no way to pass on unchanged; the message says why and what to do.</summary>
public sealed class UnquotableArgumentException : ArgumentException
{
    internal UnquotableArgumentException(string message)
        : base(message)
    {
    }
}
