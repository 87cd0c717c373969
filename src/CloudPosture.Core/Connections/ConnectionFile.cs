using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CloudPosture.Files;

namespace CloudPosture.Connections;

/// <summary>
/// What the file of connections holds. People edit it: comments, trailing commas and names in any case are taken. A name that is
/// not known is refused, because a setting that counts for nothing may lead into another account; a later format has a later version.
/// </summary>
internal sealed record ConnectionFile
{
    public const int CurrentVersion = 1;

    private static readonly Regex QuotedName = new("'(?<name>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    public int Version { get; init; } = CurrentVersion;

    public required IReadOnlyList<PostureConnection> Connections { get; init; }

    public static JsonSerializerOptions Options { get; } = new(ReadableJson.Options)
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>What is wrong with the file as a whole; null where it can be used.</summary>
    public string? Problem()
    {
        for (var i = 0; i < Connections.Count; i++)
        {
            var connection = Connections[i];
            var empty = connection is null ? "" : EmptyListOf(connection);
            if (empty is not null)
            {
                return $"connections[{i}]{empty} is null";
            }
        }

        return Connections.GroupBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"it has two connections '{twice.Key}'"
            : null;
    }

    /// <summary>Where the file is not as it should be: by line and name, and without any value, which may be a misplaced secret.</summary>
    public static string Where(JsonException problem)
    {
        var line = problem.LineNumber is { } number ? $"line {number + 1}" : "its content";
        var place = problem.Path?.TrimStart('$', '.') ?? "";
        var named = QuotedName.Matches(problem.Message).Cast<Match>().Select(match => match.Groups["name"].Value).ToList();
        return problem switch
        {
            _ when problem.InnerException is JsonException => $"{line} is not as JSON should be",
            _ when Says("could not be mapped") => $"{line} has the setting '{named[0]}', which is not known there",
            _ when Says("uplicate property") => $"{line} has a setting for the second time{(named.Count > 0 ? $": '{named[0]}'" : "")}",
            _ when Says("missing required") => $"{line} ends {(place.Length == 0 ? "the file" : place)} without the setting '{named[named.Count - 1]}'",
            _ => place.Length == 0 ? $"{line} is not as it should be" : $"{line} has a value of {place} that cannot be one",
        };

        bool Says(string words) => problem.Message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static string? EmptyListOf(PostureConnection connection)
    {
        var lists = new (string Name, IEnumerable<string> Values)[]
        {
            (".regions", connection.Regions),
            (".services", connection.Services),
            (".tags", connection.Tags.Values),
            (".organization.organizationalUnitIds", connection.Organization?.OrganizationalUnitIds ?? []),
            (".organization.excludedAccounts", connection.Organization?.ExcludedAccounts ?? []),
        };
        return Array.Find(lists, list => list.Values.Any(value => value is null)).Name is { } name ? $"{name}: one of its values" : null;
    }
}
