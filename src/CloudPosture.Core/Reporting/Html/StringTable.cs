using System;
using System.Collections.Generic;

namespace CloudPosture.Reporting.Html;

/// <summary>Texts that are written once each and told by their place.</summary>
internal sealed class StringTable
{
    private const int Longest = 8000;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public List<string> Texts { get; } = [];

    /// <summary>The place of a text; one that is too long for people to read is cut, and says so.</summary>
    public int Add(string text)
    {
        var kept = text.Length <= Longest ? text : text.Substring(0, Longest) + FormattableString.Invariant($"… ({text.Length - Longest} more characters)");
        if (!_places.TryGetValue(kept, out var place))
        {
            place = Texts.Count;
            _places.Add(kept, place);
            Texts.Add(kept);
        }

        return place;
    }
}
