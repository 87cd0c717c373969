using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Catalog;
using CloudPosture.Json;

namespace CloudPosture.Assessment;

/// <summary>The services and resource types that can be harvested, and so be asked about.</summary>
internal static class KnownTypes
{
    private static Lazy<IReadOnlyDictionary<string, string>> _serviceByType = new(ReadCatalog);

    /// <summary>The service that a type is harvested with; null where nothing harvests it.</summary>
    public static string? ServiceOf(string type) => _serviceByType.Value.TryGetValue(type, out var service) ? service : null;

    /// <summary>Reads the catalog anew.</summary>
    public static void Reset() => _serviceByType = new(ReadCatalog);

    /// <summary>The members that AWS always answers for each of the types.</summary>
    public static IReadOnlyList<JsonPath> AlwaysAnswered(IReadOnlyList<string> types)
    {
        var always = types.Select(type => new HashSet<string>(Entries(type).SelectMany(entry => entry.Always), StringComparer.Ordinal)).ToList();
        return always.Count == 0 ? [] : [.. always.Aggregate((first, next) => [.. first.Intersect(next)]).Select(JsonPath.Parse)];
    }

    private static IEnumerable<ResourceEntry> Entries(string type) =>
        ServiceOf(type) is { } service ? ServiceCatalog.Default.Service(service).Resources.Where(entry => entry.Type == type) : [];

    public static IReadOnlyList<string> Services => ServiceCatalog.Default.Names;

    /// <summary>What to say about a type that nothing harvests: the types of its service, or else all services that have types.</summary>
    public static string Unknown(string type)
    {
        var prefix = type.Substring(0, type.LastIndexOf(':') + 1);
        var near = _serviceByType.Value.Keys.Where(known => known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray();
        near = near.Length > 0 ? near : [.. _serviceByType.Value.Keys];
        return $"the resource type '{type}' is not harvested. Known are: {string.Join(", ", near.OrderBy(known => known, StringComparer.Ordinal))}.";
    }

    private static Dictionary<string, string> ReadCatalog()
    {
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in ServiceCatalog.Default.Services)
        {
            foreach (var resource in service.Resources)
            {
                services[resource.Type] = service.Name;
            }
        }

        return services;
    }
}
