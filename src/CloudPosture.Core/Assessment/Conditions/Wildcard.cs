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

    public override string ToString() => Text;

    // Greedy with one step back to the last star: linear for all but adversarial patterns, never exponential.
    private static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
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
