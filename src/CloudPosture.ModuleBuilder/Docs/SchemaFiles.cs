using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Paths;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Cases;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Yaml;
using CloudPosture.Findings.Exceptions;

namespace CloudPosture.ModuleBuilder.Docs;

/// <summary>Writes <c>module/schemas</c>: the JSON Schemas of all kinds of content, from what their readers ask while they read everything there is.</summary>
internal static class SchemaFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string module, ServiceCatalog catalog)
    {
        var aws = Path.Combine(module, "aws");
        IEnumerable<string> Files(string name) => Directory.EnumerateFiles(aws, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var ofServices = Files(ContentSource.ServiceFile).Concat(Files(ContentSource.FindingsFile)).Concat(Files(ContentSource.EventsFile));
        Write(module, "service", isList: false, ofServices, (file, maps) => CatalogReader.Read(file, [.. maps]));
        Write(module, "rules", isList: true, Files(ContentSource.RulesFile), (_, maps) => RuleReader.Read(maps, RuleReading.Plain(catalog)).Count());
        WriteFrameworks(module);
        Write(module, "escalations", isList: true, Files("escalations.yaml"), (_, maps) => EscalationMethodReader.Read(maps));
        Write(module, "resource-policies", isList: true, Files("resource-policies.yaml"), (_, maps) => ResourcePolicyField.ReadAll(maps));
        Write(module, "data", isList: true, Files("data.yaml"), (_, maps) => DataWay.ReadAll(maps));
        Write(module, "cases", isList: false, Files(ContentSource.CasesFile), (file, maps) => CaseReader.Read(file, [.. maps]));

        // Teams keep these, so there is none here to read.
        var exceptions = Asked();
        ExceptionReader.Read(YamlFile.Maps("exceptions.yaml", new StringReader("- {rule: '*', reason: x, unless: [{account: x}]}"), exceptions.Root));
        Write(module, "exceptions", isList: true, exceptions);
    }

    private static void Write(string module, string kind, bool isList, IEnumerable<string> files, Action<string, IEnumerable<YamlMap>> read)
    {
        var asked = Asked();
        Read(files, asked.Root, read);
        Write(module, kind, isList, asked);
    }

    private static void WriteFrameworks(string module)
    {
        // None that ships is based on another.
        var asked = Asked();
        _ = BenchmarkReader.Read(YamlFile.Maps("own.yaml", new StringReader("{id: own, title: t, version: '1', basedOn: [{id: other}]}"), asked.Root)).Count();
        Read(Directory.EnumerateFiles(Path.Combine(module, "frameworks"), "*.yaml").Order(StringComparer.Ordinal), asked.Root, (_, maps) => BenchmarkReader.Read(maps).Count());
        Write(module, "framework", isList: false, asked);
    }

    private static void Read(IEnumerable<string> files, SchemaNode root, Action<string, IEnumerable<YamlMap>> read)
    {
        foreach (var file in files)
        {
            using var text = File.OpenText(file);
            read(file, YamlFile.Maps(file, text, root));
        }
    }

    private static (SchemaNode Root, SortedDictionary<string, SchemaNode> Definitions) Asked()
    {
        var definitions = new SortedDictionary<string, SchemaNode>(StringComparer.Ordinal);
        return (new SchemaNode(definitions), definitions);
    }

    private static void Write(string module, string kind, bool isList, (SchemaNode Root, SortedDictionary<string, SchemaNode> Definitions) asked)
    {
        var item = asked.Root.ToJson();
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = $"CloudPosture: {kind}" };
        foreach (var member in (isList ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["items"] = item }, item.DeepClone()) } : item).ToList())
        {
            schema[member.Key] = member.Value?.DeepClone();
        }

        if (asked.Definitions.Count > 0)
        {
            schema["$defs"] = new JsonObject(asked.Definitions.Select(form => new KeyValuePair<string, JsonNode?>(form.Key, form.Value.ToJson())));
        }

        Directory.CreateDirectory(Path.Combine(module, "schemas"));
        File.WriteAllText(Path.Combine(module, "schemas", kind + ".json"), schema.ToJsonString(Indented) + "\n");
    }
}
