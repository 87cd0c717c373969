using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A version as services name them (<c>1.29</c>, <c>8.0.mysql_aurora.3.04.1</c>): compared number by number; what follows the first non-number part counts no more.</summary>
internal sealed class DottedVersion : IComparable<DottedVersion>
{
    private static readonly Regex Form = new(@"\d+(\.\d+)*", RegexOptions.CultureInvariant);
    private readonly IReadOnlyList<long> _parts;

    private DottedVersion(IReadOnlyList<long> parts) => _parts = parts;

    /// <summary>The first dotted number in a text (<c>OpenSearch_2.11</c>, <c>v1.30</c>); null where there is none.</summary>
    public static DottedVersion? Parse(string text)
    {
        var match = Form.Match(text);
        return match.Success ? new DottedVersion(Array.ConvertAll(match.Value.Split('.'), Number)) : null;

        // What is longer than any number is newer than any version.
        static long Number(string part) => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
    }

    public int CompareTo(DottedVersion? other)
    {
        for (var index = 0; index < Math.Max(_parts.Count, other!._parts.Count); index++)
        {
            var difference = PartAt(index).CompareTo(other.PartAt(index));
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }

    private long PartAt(int index) => index < _parts.Count ? _parts[index] : 0;
}
