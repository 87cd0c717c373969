using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Text;

namespace CloudPosture.Findings.Exceptions;

/// <summary>Reads exceptions: a YAML list of {id, rule, requirement, account, resource, region, tags, unless, reason, by, ticket, until}.</summary>
internal static class ExceptionReader
{
    /// <exception cref="ContentException">The text is invalid.</exception>
    public static IReadOnlyList<(PostureException Exception, long Line)> Read(string file, TextReader text) => Read(Entries(file, text));

    /// <exception cref="ContentException">An entry is invalid.</exception>
    public static IReadOnlyList<(PostureException Exception, long Line)> Read(IEnumerable<YamlMap> entries)
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var read = new List<(PostureException, long)>();
        foreach (var map in entries)
        {
            var exception = Read(map);
            if (!ids.Add(exception.Id))
            {
                throw map.Error($"there is an exception '{exception.Id}' already. Give this one an id of its own, or remove it.");
            }

            read.Add((exception, map.Line));
        }

        return read;
    }

    /// <summary>The same for the same selectors, so that it lasts while reason and end change.</summary>
    public static string IdOf(PostureException exception)
    {
        var parts = new[] { exception.Rule, exception.Requirement, exception.Account, exception.Resource, exception.Region }.Concat(Texts(exception.Tags))
            .Concat(exception.Unless.SelectMany(scope => new[] { "unless", scope.Account, scope.Resource, scope.Region }.Concat(Texts(scope.Tags))));
        return "x-" + Sha256.Hex(string.Join("\n", parts), 5);
    }

    private static IEnumerable<string> Texts(IReadOnlyDictionary<string, string> tags) =>
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).SelectMany(tag => new[] { tag.Key, tag.Value });

    // A file whose entries were all removed, or are all comments, accepts nothing.
    private static IEnumerable<YamlMap> Entries(string file, TextReader text)
    {
        var content = text.ReadToEnd();
        return content.Split('\n').All(line => line.Trim() is "" or "[]" || line.TrimStart().StartsWith("#", StringComparison.Ordinal))
            ? []
            : YamlFile.Maps(file, new StringReader(content));
    }

    private static PostureException Read(YamlMap map)
    {
        var exception = new PostureException
        {
            Id = "",
            Rule = map.Text("rule"),
            Requirement = map.Text("requirement"),
            Account = map.Text("account"),
            Resource = map.Text("resource"),
            Region = map.Text("region"),
            Tags = ReadTags(map),
            Unless = [.. map.Maps("unless").Select(ReadScope)],
            Reason = map.Required("reason"),
            By = map.Text("by"),
            Ticket = map.Text("ticket"),
            Until = map.Date("until"),
        };
        var id = map.Text("id");
        map.RejectUnknownKeys();
        return exception is { Rule: null or "", Requirement: null or "" }
            ? throw map.Error("the key 'rule' or 'requirement' is missing. Name what is accepted; 'rule: \"*\"' accepts all.")
            : exception with { Id = id is { Length: > 0 } ? id : IdOf(exception) };
    }

    private static ExceptionScope ReadScope(YamlMap map)
    {
        var scope = new ExceptionScope { Account = map.Text("account"), Resource = map.Text("resource"), Region = map.Text("region"), Tags = ReadTags(map) };
        map.RejectUnknownKeys();
        return scope is { Account: null, Resource: null, Region: null, Tags.Count: 0 }
            ? throw map.Error("'unless' names nothing, which would be everything. Give account, resource, region or tags.")
            : scope;
    }

    private static Dictionary<string, string> ReadTags(YamlMap map) =>
        map.MapOrEmpty("tags").Entries().ToDictionary(tag => tag.Key, tag => map.TextOf(tag.Key, tag.Value), StringComparer.Ordinal);
}
