using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace CloudPosture.Reporting.Html;

/// <summary>
/// Texts that are written once each and told by their place. They are handed on as they come and not kept: what is remembered of each is a
/// digest, so that a hundred thousand findings take no more memory than their places.
/// </summary>
/// <param name="write">Takes each text when it is first seen.</param>
internal sealed class StringTable(Action<string> write) : IDisposable
{
    private const int Longest = 8000;
    private readonly SHA256 _sha = SHA256.Create();
    private readonly Dictionary<(long, long), int> _places = [];

    /// <summary>The place of a text; one that is too long for people to read is cut, and says so.</summary>
    public int Add(string text)
    {
        var digest = _sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        var key = (BitConverter.ToInt64(digest, 0), BitConverter.ToInt64(digest, sizeof(long)));
        if (!_places.TryGetValue(key, out var place))
        {
            place = _places.Count;
            _places.Add(key, place);
            write(text.Length <= Longest ? text : text.Substring(0, Longest) + FormattableString.Invariant($"… ({text.Length - Longest} more characters)"));
        }

        return place;
    }

    public void Dispose() => _sha.Dispose();
}
