using System;
using System.Collections.Generic;

namespace CloudPosture.Lake;

/// <summary>A set of wanted values, without regard to case; none given means all are wanted.</summary>
internal sealed class Filter(IReadOnlyCollection<string>? wanted)
{
    private readonly HashSet<string>? _wanted = wanted is null ? null : new(wanted, StringComparer.OrdinalIgnoreCase);

    public bool IsOpen => _wanted is null;

    public bool Wants(string value) => _wanted is null || _wanted.Contains(value);
}
