using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.ModelGenerator;

/// <summary>The operations the product sends: those the catalog's files name, and those of operations.yaml.</summary>
public sealed class WantedOperations
{
    private readonly SortedDictionary<string, SortedSet<string>> _byModel = new(StringComparer.Ordinal);
    private readonly YamlMappingNode _additions;

    private WantedOperations(YamlMappingNode additions) => _additions = additions;

    public IEnumerable<string> Models => _byModel.Keys;

    public IReadOnlySet<string> Operations(string model) => _byModel[model];

    /// <summary>The v3 package that supersedes a model's operations and shapes, or null.</summary>
    public string? Package(string model) => Text(Child(_additions, "packages"), model);

    /// <summary>The members of a model, by name, that carry IAM policies as URL-encoded JSON.</summary>
    public IReadOnlySet<string> PolicyDocuments(string model) => Names("policyDocuments", model);

    /// <summary>The operations of a model that are sent without a signature.</summary>
    public IReadOnlySet<string> Unsigned(string model) => Names("unsigned", model);

    /// <summary>Paginators the published files lack, by operation.</summary>
    public IEnumerable<(string Operation, IReadOnlyDictionary<string, string> Keys)> Paginators(string model) =>
        Child(_additions, "paginators") is { } all && Find(all, model) is YamlMappingNode paginators
            ? paginators.Children.Select(entry => (
                entry.Key.ToString(),
                (IReadOnlyDictionary<string, string>)((YamlMappingNode)entry.Value).Children.ToDictionary(key => key.Key.ToString(), key => key.Value.ToString())))
            : [];

    public static WantedOperations Read(Repository repository)
    {
        var wanted = new WantedOperations(Load(Path.Combine(repository.Generator, "operations.yaml")));
        foreach (var path in Directory.EnumerateFiles(repository.Catalog, "*.yaml"))
        {
            var service = Load(path);
            var model = Text(service, "model") ?? Text(service, "service") ?? throw new GeneratorException($"{path}: the key 'service' is missing.");
            wanted.Add(model, service.AllNodes.OfType<YamlMappingNode>().SelectMany(node => new[] { Text(node, "operation"), Text(node, "prepare") }).OfType<string>());
        }

        foreach (var (model, names) in (Child(wanted._additions, "operations") ?? []).Children)
        {
            wanted.Add(model.ToString(), Scalars((YamlSequenceNode)names));
        }

        return wanted;
    }

    private HashSet<string> Names(string section, string model) =>
        (Child(_additions, section) is { } all && Find(all, model) is YamlSequenceNode names ? Scalars(names) : []).ToHashSet(StringComparer.Ordinal);

    private void Add(string model, IEnumerable<string> operations)
    {
        if (!_byModel.TryGetValue(model, out var set))
        {
            _byModel.Add(model, set = new SortedSet<string>(StringComparer.Ordinal));
        }

        set.UnionWith(operations);
    }

    private static YamlMappingNode Load(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static YamlMappingNode? Child(YamlMappingNode node, string key) => Find(node, key) as YamlMappingNode;

    private static string? Text(YamlMappingNode? node, string key) => node is null ? null : (Find(node, key) as YamlScalarNode)?.Value;

    private static IEnumerable<string> Scalars(YamlSequenceNode node) => node.Children.Select(child => child.ToString());
}
