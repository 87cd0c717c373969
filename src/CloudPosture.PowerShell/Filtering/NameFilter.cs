using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell.Filtering;

/// <summary>What a filter parameter of names admits: exact names or wildcard patterns, in any case. None given admits all.</summary>
internal sealed class NameFilter
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<WildcardPattern> _patterns = [];

    public NameFilter(IEnumerable<string>? wanted)
    {
        foreach (var name in wanted ?? [])
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                _patterns.Add(PatternOf(name));
            }
            else
            {
                _names.Add(WildcardPattern.Unescape(name));
            }
        }
    }

    /// <summary>Whether nothing was asked for, so that everything is admitted.</summary>
    public bool AdmitsAll => _names.Count == 0 && _patterns.Count == 0;

    /// <summary>The names given without wildcards: whoever gives one expects that it exists.</summary>
    public IReadOnlyCollection<string> ExactNames => _names;

    /// <summary>The names to read where names are all that was asked for; null where more must be read and looked at.</summary>
    public IReadOnlyCollection<string>? Exactly => _names.Count > 0 && _patterns.Count == 0 ? _names : null;

    public bool Admits(string? name) =>
        AdmitsAll || (name is not null && (_names.Contains(name) || _patterns.Exists(pattern => pattern.IsMatch(name))));

    public bool AdmitsAny(string first, string second) => AdmitsAll || Admits(first) || Admits(second);

    public bool AdmitsAny(string first, string second, string third) => AdmitsAny(first, second) || Admits(third);

    public bool AdmitsAny(IEnumerable<string> names) => AdmitsAll || names.Any(Admits);

    /// <summary>The admitted ones of a closed list of names; null where all are.</summary>
    public IReadOnlyCollection<string>? Among(IEnumerable<string> names) => AdmitsAll ? null : [.. names.Where(Admits)];

    /// <summary>A filter of names that are meant as they are, whatever characters are in them; <c>*</c> alone stands for all.</summary>
    public static NameFilter OfExactly(IEnumerable<string>? names)
    {
        var given = names?.ToList() ?? [];
        return new NameFilter(given.Contains("*") ? null : given.Select(WildcardPattern.Escape));
    }

    private static WildcardPattern PatternOf(string text)
    {
        try
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.Compiled);
            _ = pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException problem)
        {
            throw new ArgumentException($"'{text}' is no pattern: a [ has no ]. Put a backtick before a [ that is part of the name.", problem);
        }
    }
}
