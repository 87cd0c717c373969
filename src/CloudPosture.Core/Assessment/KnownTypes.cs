using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Catalog;

namespace CloudPosture.Assessment;

/// <summary>The services and resource types that can be harvested, and so be asked about.</summary>
internal static class KnownTypes
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> ServiceByType = new(ReadCatalog);

    /// <summary>The service that a type is harvested with; null where nothing harvests it.</summary>
    public static string? ServiceOf(string type) => ServiceByType.Value.TryGetValue(type, out var service) ? service : null;

    public static IReadOnlyList<string> Services => ServiceCatalog.Default.Names;

    /// <summary>What to say about a type that nothing harvests: the types of its service, or else all services that have types.</summary>
    public static string Unknown(string type)
    {
        var prefix = type.Substring(0, type.LastIndexOf(':') + 1);
        var near = ServiceByType.Value.Keys.Where(known => known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray();
        near = near.Length > 0 ? near : [.. ServiceByType.Value.Keys];
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
