using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CloudPosture.Catalog;

/// <summary>What can be harvested, and how: one entry a service, each read from its YAML file when it is first asked for.</summary>
public sealed class ServiceCatalog
{
    private const string Prefix = "catalog/";
    private const string Extension = "/service.yaml";
    private static readonly Lazy<ServiceCatalog> Shipped = new(() => new ServiceCatalog());
    private static readonly Assembly Source = typeof(ServiceCatalog).Assembly;
    private readonly ConcurrentDictionary<string, ServiceEntry> _entries = new(StringComparer.Ordinal);

    private ServiceCatalog() =>
        Names = [.. Source.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name.Substring(Prefix.Length, name.Length - Prefix.Length - Extension.Length))
            .OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The catalog that ships with this assembly.</summary>
    public static ServiceCatalog Default => Shipped.Value;

    /// <summary>The names of all services, sorted. Reading them parses nothing.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>All entries, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<ServiceEntry> Services => Names.Select(Service);

    /// <summary>One service's entry.</summary>
    /// <param name="name">The catalog's name (<c>s3</c>), in any case.</param>
    /// <returns>The entry; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="CatalogException">Its file is invalid; the message names file, line and remedy.</exception>
    public ServiceEntry Service(string name) =>
        _entries.GetOrAdd(Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"There is no service '{name}' in the catalog. The services are: {string.Join(", ", Names)}."), Load);

    private static ServiceEntry Load(string name)
    {
        using var stream = Source.GetManifestResourceStream(Prefix + name + Extension)!;
        using var text = new StreamReader(stream);
        return CatalogReader.Read(name + Extension, text);
    }
}
