using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// Queries that answer True where a document of the account is the one that is meant. A long one is asked after in parts,
/// because a query, unlike other options, cannot be read from a file. A literal ends at a backtick, which the serializer
/// escapes, as all that is not ASCII; the spaces before the first quote make Windows PowerShell put its own quotes around it.
/// </summary>
internal static class DocumentQuery
{
    /// <summary>The most characters of a query; twice as many, when each is escaped, still fit in a line of cmd.exe with the rest of the command.</summary>
    private const int Longest = 3000;

    /// <summary>The queries; the document is the same where all answer True.</summary>
    /// <param name="path">Where it stands in the answer.</param>
    /// <param name="json">What it should be.</param>
    public static IReadOnlyList<string> Of(string path, string json) => [.. Parts(path, JsonNode.Parse(json))];

    private static IEnumerable<string> Parts(string path, JsonNode? node)
    {
        var whole = Is(path, node);
        return (whole.Length <= Longest, node) switch
        {
            (true, _) => [whole],
            (_, JsonObject map) => Members(path, map),
            (_, JsonArray { Count: 1 } list) => [Counts(path, list), .. Parts($"{path}[0]", list[0])],
            (_, JsonArray list) => [Counts(path, list), .. Items(path, list, 0, list.Count)],
            _ => throw new RoleSpecException($"A policy holds a text of {whole.Length:N0} characters, which a script cannot compare: make it shorter, or use another format."),
        };
    }

    private static IEnumerable<string> Members(string path, JsonObject map)
    {
        var names = new JsonArray([.. map.Select(member => member.Key)
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => JsonValue.Create(name))]);
        yield return $"{IsOf(path, "object")} && {Is($"sort(keys({path}))", names)}";
        foreach (var part in map.SelectMany(member => Parts($"{path}.{JsonSerializer.Serialize(member.Key)}", member.Value)))
        {
            yield return part;
        }
    }

    private static IEnumerable<string> Items(string path, JsonArray list, int from, int to)
    {
        var slice = Is($"{path}[{from}:{to}]", new JsonArray([.. list.Skip(from).Take(to - from).Select(item => item?.DeepClone())]));
        var middle = from + ((to - from) / 2);
        return slice.Length <= Longest ? [slice]
            : to - from == 1 ? Parts($"{path}[{from}]", list[from])
            : [.. Items(path, list, from, middle), .. Items(path, list, middle, to)];
    }

    private static string Counts(string path, JsonArray list) => $"{IsOf(path, "array")} && {Is($"length({path})", list.Count)}";

    /// <summary>What has no keys or no length would end the query as failed.</summary>
    private static string IsOf(string path, string type) => $"type({path}) == `\"{type}\"`";

    private static string Is(string path, JsonNode? node) => $"{path} == `{node?.ToJsonString() ?? "null"}`";
}
