namespace CloudPosture.Assessment.Conditions;

/// <summary>A pattern of <c>*</c> (any text) and <c>?</c> (any one character), as IAM uses them.</summary>
internal sealed class Wildcard
{
    private readonly string _pattern;

    public Wildcard(string pattern, bool ignoreCase)
    {
        Text = pattern;
        IgnoresCase = ignoreCase;
        _pattern = ignoreCase ? pattern.ToLowerInvariant() : pattern;
    }

    public string Text { get; }

    private bool IgnoresCase { get; }

    public bool Matches(string text) => Matches(_pattern, IgnoresCase ? text.ToLowerInvariant() : text);

    /// <summary>Whether everything the other pattern matches is matched by this one too. May say no where the truth is yes, never the other way.</summary>
    /// <remarks>The other's <c>*</c> is taken as a character that only a <c>*</c> matches, its <c>?</c> as one that only a wildcard matches.</remarks>
    public bool Covers(Wildcard other) => Matches(_pattern, IgnoresCase ? other._pattern.ToLowerInvariant() : other._pattern, textIsPattern: true);

    /// <summary>Whether some text is matched by both.</summary>
    public bool Overlaps(Wildcard other)
    {
        var (left, right) = (_pattern, IgnoresCase ? other._pattern.ToLowerInvariant() : other._pattern);
        // reachable[j]: some text is matched by the left pattern's first i characters and the right one's first j.
        var reachable = new bool[right.Length + 1];
        reachable[0] = true;
        SkipStars(right, reachable);
        foreach (var character in left)
        {
            var next = new bool[right.Length + 1];
            for (var j = 0; j <= right.Length; j++)
            {
                if (character == '*')
                {
                    next[j] = reachable[j] || (j > 0 && next[j - 1]);
                    continue;
                }

                var meets = j > 0 && reachable[j - 1] && (right[j - 1] == character || character == '?' || right[j - 1] == '?');
                var absorbed = j > 0 && right[j - 1] == '*' && (reachable[j] || next[j - 1]);
                next[j] = meets || absorbed;
            }

            SkipStars(right, next);
            reachable = next;
        }

        return reachable[right.Length];
    }

    public override string ToString() => Text;

    private static void SkipStars(string pattern, bool[] reachable)
    {
        for (var j = 1; j <= pattern.Length; j++)
        {
            reachable[j] |= pattern[j - 1] == '*' && reachable[j - 1];
        }
    }

    // Greedy with one step back to the last star: linear for all but adversarial patterns, never exponential.
    private static bool Matches(string pattern, string text, bool textIsPattern = false)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' ? !textIsPattern || text[t] != '*' : pattern[p] == text[t] && !(textIsPattern && text[t] is '*' or '?')))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
