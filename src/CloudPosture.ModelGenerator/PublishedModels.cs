using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.ModelGenerator;

/// <summary>
/// Reads AWS's API models from the npm package <c>aws-sdk</c>. That package has ended, so for services whose newer operations
/// matter here, operations and shapes come from the v3 client's schemas instead; for services that are newer than it, all but
/// what service.yaml states of the protocol.
/// </summary>
/// <param name="folder">The folder that holds package.json and node_modules.</param>
public sealed class PublishedModels(string folder)
{
    private readonly string _apis = Path.Combine(folder, "node_modules", "aws-sdk", "apis");

    /// <summary>A whole model: metadata, operations (each with its <c>pagination</c>) and shapes.</summary>
    public JsonObject Read(WantedModel wanted)
    {
        var stem = wanted.Metadata is null ? LatestVersion(wanted.PublishedName) : null;
        var model = stem is null ? Newer(wanted.Metadata!) : Parse(File.ReadAllText(stem + ".min.json"));
        if (wanted.Package is { } package)
        {
            Supersede(model, Parse(ExportSchemas(package)));
        }

        AddPagination(model, stem is not null && File.Exists(stem + ".paginators.json") ? Parse(File.ReadAllText(stem + ".paginators.json"))["pagination"]!.AsObject() : []);
        foreach (var (operation, keys) in wanted.Paginators)
        {
            Operation(model, operation)["pagination"] = new JsonObject(keys.Select(key => new KeyValuePair<string, JsonNode?>(key.Key, key.Value)));
        }

        foreach (var operation in wanted.Unsigned)
        {
            Operation(model, operation)["authtype"] = "none";
        }

        MarkPolicyDocuments(model, wanted.PolicyDocuments);
        return model;
    }

    /// <summary>A model of a service that the ended package never knew; its operations come from the v3 client.</summary>
    private static JsonObject Newer(IReadOnlyDictionary<string, string> metadata) =>
        new() { ["metadata"] = new JsonObject(metadata.Select(fact => new KeyValuePair<string, JsonNode?>(fact.Key, fact.Value))) };

    private string LatestVersion(string name)
    {
        if (!Directory.Exists(_apis))
        {
            throw new GeneratorException($"The published API models are not installed: run 'npm ci' in {folder} (it needs Node.js).");
        }

        var version = new Regex($@"^{Regex.Escape(name)}-\d{{4}}-\d\d-\d\d\.min\.json$");
        var file = Directory.EnumerateFiles(_apis, name + "-*.min.json")
            .Where(path => version.IsMatch(Path.GetFileName(path)))
            .Max(StringComparer.Ordinal)
            ?? throw new GeneratorException($"AWS publishes no API model '{name}': correct 'api.model' in service.yaml.");
        return file[..^".min.json".Length];
    }

    private string ExportSchemas(string package)
    {
        var start = new ProcessStartInfo("node", ["export-schemas.mjs", package]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var json = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0 ? json : throw new GeneratorException($"The schemas of {package} could not be exported: run 'npm ci' in {folder}.");
    }

    private static void Supersede(JsonObject model, JsonObject newer)
    {
        var query = (string?)model["metadata"]!["protocol"] == "query";
        foreach (var (name, node) in newer["operations"]!.AsObject())
        {
            var operation = node!.AsObject();
            if (query && operation["output"] is JsonObject output)
            {
                output["resultWrapper"] = name + "Result";
            }
        }

        model["operations"] = newer["operations"]!.DeepClone();
        model["shapes"] = newer["shapes"]!.DeepClone();
    }

    private static void AddPagination(JsonObject model, JsonObject paginators)
    {
        foreach (var (name, pagination) in paginators)
        {
            if (pagination!["input_token"] is not null && model["operations"]![name] is JsonObject operation)
            {
                operation["pagination"] = pagination.DeepClone();
            }
        }
    }

    private static void MarkPolicyDocuments(JsonObject model, IReadOnlySet<string> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        foreach (var shape in model["shapes"]!.AsObject().Select(entry => entry.Value!["members"]).OfType<JsonObject>())
        {
            foreach (var (name, member) in shape)
            {
                if (members.Contains(name))
                {
                    member!["policyDocument"] = true;
                }
            }
        }
    }

    private static JsonObject Operation(JsonObject model, string name) =>
        model["operations"]![name]?.AsObject() ?? throw new GeneratorException($"service.yaml states a fact of the unknown operation '{name}'.");

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
