using System;
using System.Collections.Generic;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>One HTTP answer, ready to be sent.</summary>
internal sealed class WireAnswer
{
    public int Status { get; set; } = 200;

    public string? ContentType { get; set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Body { get; set; } = [];
}
