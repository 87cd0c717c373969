using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.ModelGenerator;

/// <summary>What the product needs of one service's published API model, from its <c>service.yaml</c>.</summary>
public sealed record WantedModel
{
    /// <summary>The folder's name.</summary>
    public required string Service { get; init; }

    /// <summary>The name AWS publishes the model under.</summary>
    public required string PublishedName { get; init; }

    /// <summary>The operations that are sent.</summary>
    public required IReadOnlySet<string> Operations { get; init; }

    /// <summary>The v3 package that supersedes the model's operations and shapes, or null.</summary>
    public string? Package { get; init; }

    /// <summary>What a published model would say of the protocol, for a service that has a v3 package alone; otherwise null.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The members, by name, that carry IAM policies as URL-encoded JSON; the published form tells them apart by a type whose name it drops.</summary>
    public required IReadOnlySet<string> PolicyDocuments { get; init; }

    /// <summary>The operations that are sent without a signature.</summary>
    public required IReadOnlySet<string> Unsigned { get; init; }

    /// <summary>Paginators the published files lack, by operation.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Paginators { get; init; }

    public static WantedModel Read(Repository repository, string name, PlatformOperations platform)
    {
        var path = repository.Service(name);
        var service = File.Exists(path) ? YamlText.Load(path) : [];
        var api = YamlText.Find(service, "api") as YamlMappingNode;
        var others = new[] { repository.Findings(name), repository.Events(name) }.Where(File.Exists).SelectMany(file => YamlText.Load(file).AllNodes);
        var called = service.AllNodes.Concat(others).OfType<YamlMappingNode>().SelectMany(node => new[] { YamlText.Text(node, "operation"), YamlText.Text(node, "prepare") }).OfType<string>();
        return new WantedModel
        {
            Service = name,
            PublishedName = YamlText.Text(api, "model") ?? name,
            Operations = new SortedSet<string>(called.Concat(platform.Of(name)), StringComparer.Ordinal),
            Package = YamlText.Text(api, "package"),
            Metadata = YamlText.Find(api, "metadata") is YamlMappingNode metadata ? Texts(metadata) : null,
            PolicyDocuments = Names(api, "policyDocuments"),
            Unsigned = Names(api, "unsigned"),
            Paginators = YamlText.Find(api, "paginators") is YamlMappingNode paginators
                ? paginators.Children.ToDictionary(entry => entry.Key.ToString(), entry => Texts((YamlMappingNode)entry.Value))
                : [],
        };
    }

    private static HashSet<string> Names(YamlMappingNode? api, string key) => YamlText.Texts(api, key).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, string> Texts(YamlMappingNode map) =>
        map.Children.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString());
}
