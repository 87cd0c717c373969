using System.Collections.Generic;
using System.Linq;
using System.Text;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>
/// A pattern of literal text and wildcards. Wildcards are private characters, so that a literal <c>*</c> is no wildcard; so is the
/// fresh character, which stands for whatever no policy spells out and so is matched by nothing but a wildcard.
/// </summary>
internal sealed class Glob
{
    /// <summary>A character that no policy spells out.</summary>
    public const char Fresh = '\uE000';

    /// <summary>The wildcard for any text.</summary>
    public const char Any = '\uE010';

    /// <summary>The wildcard for any one character.</summary>
    public const char One = '\uE011';

    // Long enough that no row of single wildcards fits by chance.
    private const int FreshLength = 13;
    private const int MostArns = 12;
    private const long LongestCompared = 1 << 18;
    private static readonly char[] Wildcards = [Any, One];
    private static readonly string FreshText = new(Fresh, FreshLength);

    public Glob(string pattern)
    {
        Pattern = pattern;
        IsLiteral = pattern.IndexOfAny(Wildcards) < 0;
    }

    /// <summary>The text, wildcards as private characters.</summary>
    public string Pattern { get; }

    public bool IsLiteral { get; }

    /// <summary>The pattern as policies write it: <c>*</c> and <c>?</c> are wildcards, <c>~</c> is the fresh character.</summary>
    public static Glob Of(string written) => new(written.Replace('*', Any).Replace('?', One).Replace('~', Fresh));

    /// <summary>A text that the pattern matches and that, but for what the pattern spells out, no other pattern does by chance.</summary>
    public string Witness()
    {
        if (IsLiteral)
        {
            return Pattern;
        }

        var text = new StringBuilder(Pattern.Length + FreshLength);
        foreach (var character in Pattern)
        {
            switch (character)
            {
                case Any:
                    text.Append(FreshText);
                    break;
                case One:
                    text.Append(Fresh);
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        return text.ToString();
    }

    public bool Matches(string text)
    {
        if (IsLiteral)
        {
            return string.Equals(Pattern, text, System.StringComparison.Ordinal);
        }

        int at = 0, next = 0, star = -1, mark = 0;
        while (next < text.Length)
        {
            if (at < Pattern.Length && Pattern[at] == Any)
            {
                (star, mark) = (at++, next);
            }
            else if (at < Pattern.Length && (Pattern[at] == One || Pattern[at] == text[next]))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                next = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (at < Pattern.Length && Pattern[at] == Any)
        {
            at++;
        }

        return at == Pattern.Length;
    }

    /// <summary>Whether all that another pattern matches is matched too; only a wildcard for any text covers another one.</summary>
    public bool Covers(Glob other) => (Pattern.IndexOf(One) < 0 || other.Pattern.IndexOf(Any) < 0) && Matches(other.Pattern);

    /// <summary>Whether an ARN is matched part by part, so that no wildcard reaches over a colon but in the last part.</summary>
    public bool MatchesArn(string arn)
    {
        if (Pattern.Length == 1 && Pattern[0] == Any)
        {
            return true;
        }

        var (own, other) = (Arn.Parts(Pattern), Arn.Parts(arn));
        return own is not null && other is not null && own.Zip(other, (pattern, part) => new Glob(pattern).Matches(part)).All(matches => matches);
    }

    /// <summary>Whether the two begin with different texts, so that nothing is matched by both.</summary>
    public bool IsApart(Glob other)
    {
        for (var i = 0; i < Pattern.Length && i < other.Pattern.Length; i++)
        {
            var (own, its) = (Pattern[i], other.Pattern[i]);
            if (own == Any || its == Any)
            {
                return false;
            }

            if (own != its && own != One && its != One)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Patterns that together match what both match; not all of them where there are very many.</summary>
    /// <param name="other">The other pattern.</param>
    /// <param name="work">What that may take; nothing is found where it does not suffice.</param>
    public IReadOnlyList<Glob> Intersect(Glob other, Work work) =>
        !work.SpendFinding(1) || IsApart(other) ? []
        : IsLiteral ? other.Matches(Pattern) ? [this] : []
        : other.IsLiteral ? Matches(other.Pattern) ? [other] : []
        : MayCompare(other) && Covers(other) ? [other]
        : MayCompare(other) && other.Covers(this) ? [this]
        : GlobIntersection.Of(Pattern, other.Pattern, work);

    // To compare very long ones takes as long as to intersect them, which is work that counts.
    private bool MayCompare(Glob other) => (long)Pattern.Length * other.Pattern.Length <= LongestCompared;

    /// <summary>
    /// What both match, where one is compared as an ARN, part by part, and the other may be compared as text: no wildcard of the former
    /// reaches over a colon, and those of the latter may.
    /// </summary>
    /// <param name="other">The other pattern.</param>
    /// <param name="work">What that may take; nothing is found where it does not suffice.</param>
    public IReadOnlyList<Glob> IntersectArn(Glob other, Work work) =>
        !IsLiteral && !other.IsLiteral && Arn.Parts(Pattern) is { } own && Arn.Parts(other.Pattern) is { } others ? [.. IntersectParts(own, others, work), .. Intersect(other, work)] : Intersect(other, work);

    private static IEnumerable<Glob> IntersectParts(string[] own, string[] others, Work work)
    {
        IEnumerable<string> joined = [""];
        for (var i = 0; i < own.Length; i++)
        {
            var parts = new Glob(own[i]).Intersect(new Glob(others[i]), work);
            var separator = i == 0 ? "" : ":";
            joined = [.. joined.SelectMany(start => parts.Select(part => start + separator + part.Pattern)).Take(MostArns)];
        }

        return joined.Select(arn => new Glob(arn));
    }

    public override string ToString() => Pattern.Replace(Any, '*').Replace(One, '?');
}
