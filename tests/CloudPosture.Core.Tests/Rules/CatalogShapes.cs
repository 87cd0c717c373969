using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Catalog;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Tests.Rules;

/// <summary>What a harvested resource may hold, told by the catalog's text and the published API models.</summary>
internal sealed class CatalogShapes
{
    // The one type that no API model describes: a line of the credential report (IAM User Guide, "Getting credential reports").
    private static readonly string[] CredentialReport =
    [
        "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed", "password_next_rotation", "mfa_active",
        "access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_1_last_used_region", "access_key_1_last_used_service",
        "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date", "access_key_2_last_used_region", "access_key_2_last_used_service",
        "cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
    ];

    private readonly ILookup<string, (ServiceModel Model, YamlMappingNode Resource)> _resources;

    public CatalogShapes() => _resources = ServiceCatalog.Default.Names.SelectMany(Read).ToLookup(entry => entry.Resource["type"].ToString());

    /// <summary>Whether a resource of the type can have the field.</summary>
    public bool Has(string type, string path) =>
        type == "AWS::IAM::CredentialReport" ? CredentialReport.Contains(path) : _resources[type].Any(entry => Has(entry.Model, entry.Resource, Steps(path)));

    private static IEnumerable<(ServiceModel Model, YamlMappingNode Resource)> Read(string service)
    {
        using var stream = typeof(ServiceCatalog).Assembly.GetManifestResourceStream($"catalog/{service}.yaml")!;
        using var text = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var model = ServiceModels.Get(Text(root, "model") ?? Text(root, "service")!);
        return ((YamlSequenceNode)root["resources"]).Select(resource => (model, (YamlMappingNode)resource));
    }

    private static bool Has(ServiceModel model, YamlMappingNode resource, IReadOnlyList<string> path)
    {
        if (resource.Children.TryGetValue("calls", out var calls))
        {
            foreach (var call in (YamlSequenceNode)calls)
            {
                if (call["field"].ToString() == path[0])
                {
                    return Follow(model.Operation(call["operation"].ToString()).Output, [.. Steps(Text(call, "select") ?? "."), .. path.Skip(1)]);
                }
            }
        }

        return resource.Children.TryGetValue("list", out var list)
            && (Text(list, "itemField") is { } field
                ? path is [var only] && only == field
                : Follow(model.Operation(list["operation"].ToString()).Output, [.. Steps(Text(list, "items") ?? "."), .. path]));
    }

    // Lists are passed through without a step of their own; text may hold JSON, whose inside no model knows.
    private static bool Follow(Shape shape, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            while (shape.Kind == ShapeKind.List)
            {
                shape = shape.Element!.Shape;
            }

            if (shape.Kind is ShapeKind.String or ShapeKind.Document)
            {
                return true;
            }

            var next = shape.Kind == ShapeKind.Map ? shape.Element!.Shape : shape.Member(step)?.Shape;
            if (next is null)
            {
                return false;
            }

            shape = next;
        }

        return true;
    }

    private static string[] Steps(string path) =>
        path == "." ? [] : [.. path.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(step => step.Split('[')[0])];

    private static string? Text(YamlNode node, string key) => ((YamlMappingNode)node).Children.TryGetValue(key, out var value) ? value.ToString() : null;
}
