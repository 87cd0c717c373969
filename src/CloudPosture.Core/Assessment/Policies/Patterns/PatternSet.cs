using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>Patterns of which one must match. Literal ones cost one look-up together.</summary>
internal sealed class PatternSet
{
    private const int LengthAStep = 64;
    private readonly HashSet<string> _literals;

    public PatternSet(IEnumerable<Glob> patterns)
    {
        All = [.. patterns];
        _literals = new HashSet<string>(All.Where(pattern => pattern.IsLiteral).Select(pattern => pattern.Pattern), StringComparer.Ordinal);
        Wild = [.. All.Where(pattern => !pattern.IsLiteral)];
        Cost = Wild.Sum(pattern => 1 + (pattern.Pattern.Length / LengthAStep));
    }

    /// <summary>Every pattern, in the order of the document.</summary>
    public IReadOnlyList<Glob> All { get; }

    /// <summary>Those with wildcards.</summary>
    public Glob[] Wild { get; }

    /// <summary>What it takes to match a text, besides the look-up.</summary>
    public int Cost { get; }

    public bool Matches(string text)
    {
        if (_literals.Contains(text))
        {
            return true;
        }

        foreach (var pattern in Wild)
        {
            if (pattern.Matches(text))
            {
                return true;
            }
        }

        return false;
    }
}
