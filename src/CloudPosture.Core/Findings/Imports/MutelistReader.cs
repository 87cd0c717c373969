using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Findings.Exceptions;

namespace CloudPosture.Findings.Imports;

/// <summary>Reads Prowler's mutelist: accounts, checks, and of each the Regions, resources and tags it is silent about.</summary>
/// <param name="rules">The rules, which name the checks they are equal to.</param>
/// <param name="reason">Why, where an entry has no description.</param>
internal sealed class MutelistReader(RuleSet rules, string reason)
{
    private readonly EquivalentRules _equivalents = new(rules, "prowler");

    /// <summary>Whether a YAML mapping is a mutelist.</summary>
    public static bool IsOne(YamlMap map) => map.Has("Mutelist");

    /// <exception cref="ContentException">It is no mutelist.</exception>
    public IEnumerable<ImportedEntry> Read(YamlMap file)
    {
        foreach (var account in file.Map("Mutelist")!.MapOrEmpty("Accounts").Entries())
        {
            foreach (var check in file.At(account.Value).MapOrEmpty("Checks").Entries())
            {
                yield return Read(account.Key, check.Key, file.At(check.Value));
            }
        }
    }

    private ImportedEntry Read(string account, string check, YamlMap entry)
    {
        var source = $"account {account}, check {check}";
        var found = RulesOf(check);
        if (found.Count == 0)
        {
            return ImportedEntry.WithoutRule(source);
        }

        if (Alternatives(entry.Texts("Regions")) is not { } regions
            || Alternatives(entry.Texts("Resources")) is not { } resources
            || Tags(entry.Texts("Tags"), RegexWildcard.Of) is not { } tags
            || Unless(entry.MapOrEmpty("Exceptions")) is not { } unless)
        {
            return ImportedEntry.Refused(source, "a regular expression in it cannot be said with * and ?.");
        }

        return new ImportedEntry(source, [.. from rule in found from region in regions from resource in resources from tag in tags select new PostureException
        {
            Id = "",
            Rule = rule,
            Account = account == "*" ? null : account,
            Region = region,
            Resource = resource,
            Tags = tag,
            Unless = unless,
            Reason = entry.Text("Description") is { Length: > 0 } text ? text : reason,
        }], null);
    }

    // What is excepted in all of these ways is told after all. Where the two tools read a name differently, the wider meaning is taken here.
    private static IReadOnlyList<ExceptionScope>? Unless(YamlMap entry)
    {
        var lists = new[] { "Accounts", "Regions", "Resources" }.Select(key => Wide(entry.Texts(key))).ToList();
        return lists.Contains(null) || Tags(entry.Texts("Tags"), RegexWildcard.Around) is not { } tags ? null
            : !new[] { "Accounts", "Regions", "Resources", "Tags" }.Any(key => entry.Texts(key).Count > 0) ? []
            : [.. from account in lists[0]! from region in lists[1]! from resource in lists[2]! from tag in tags select new ExceptionScope
            {
                Account = account,
                Region = region,
                Resource = resource,
                Tags = tag,
            }];
    }

    // A scope of a star alone says that it is everything, which is not the same as saying nothing.
    private static IReadOnlyList<string?>? Wide(IReadOnlyList<string> patterns)
    {
        var said = patterns.Select(RegexWildcard.Around).ToList();
        return said.Contains(null) ? null : said.Count == 0 ? [null] : [.. said.SelectMany(one => one!.Count == 0 ? ["*"] : one)];
    }

    // What is silent about all is silent about all rules, whether or not the other tool has a check like them.
    private IReadOnlyList<string> RulesOf(string check)
    {
        if (check == "*")
        {
            return ["*"];
        }

        var name = check.StartsWith("lambda", StringComparison.Ordinal) ? "aws" + check : check;
        return RegexWildcard.Of(name) is { } patterns ? patterns.Count == 0 ? ["*"] : [.. patterns.SelectMany(_equivalents.Of)] : [];
    }

    /// <summary>One selector for each of several; a null alone where all match. Null where one cannot be said.</summary>
    private static IReadOnlyList<string?>? Alternatives(IReadOnlyList<string> patterns)
    {
        var said = patterns.Select(RegexWildcard.Of).ToList();
        return said.Contains(null) ? null
            : said.Count == 0 || said.Exists(one => one!.Count == 0) ? [null]
            : [.. said.SelectMany(one => one!)];
    }

    // All of them must match; a bar within one parts alternatives.
    private static IReadOnlyList<IReadOnlyDictionary<string, string>>? Tags(IReadOnlyList<string> patterns, Func<string, IReadOnlyList<string>?> said)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> sets = [new Dictionary<string, string>()];
        foreach (var pattern in patterns.Where(pattern => pattern != "*"))
        {
            if (said(pattern) is not { } texts || texts.Any(text => text.IndexOf('=') <= 0))
            {
                return null;
            }

            sets = [.. from set in sets from text in texts.Select(text => text.Trim()) let key = text.Substring(0, text.IndexOf('=')) select With(set, key, text.Substring(key.Length + 1))];
        }

        return sets;
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> tags, string key, string value)
    {
        var more = tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
        more[key] = value;
        return more;
    }
}
