using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudPosture.ModelGenerator;

/// <summary>Writes the access level of every IAM action: a line a service, as <c>s3 List:ListAllMyBuckets,… Read:GetBucketAcl,…</c>.</summary>
internal static class IamActionData
{
    public static byte[] Read(IamPackage package)
    {
        var text = new StringBuilder();
        foreach (var service in package.Services)
        {
            text.Append(service);
            foreach (var level in package.Actions(service).GroupBy(Level).OrderBy(level => level.Key, StringComparer.Ordinal))
            {
                text.Append($" {level.Key}:{string.Join(",", Names(level))}");
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(package.Head + text);
    }

    /// <summary>The names of actions, each once and sorted.</summary>
    internal static IEnumerable<string> Names(IEnumerable<JsonNode> actions) =>
        actions.Select(action => (string)action["name"]!).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    private static string Level(JsonNode action) => (string?)action["accessLevel"] switch
    {
        "List" => "List",
        "Read" => "Read",
        "Tagging, Write" => "Tagging",
        "Permissions management, Write" => "PermissionsManagement",
        "Write" => "Write",
        var other => throw new GeneratorException($"The IAM data name the unknown access level '{other}' for {action["name"]}."),
    };
}
