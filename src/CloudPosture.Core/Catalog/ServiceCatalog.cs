using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Content;

namespace CloudPosture.Catalog;

/// <summary>What can be harvested, and how: one entry a service, each read from its YAML file when it is first asked for.</summary>
public sealed class ServiceCatalog
{
    private static Lazy<ServiceCatalog> _shipped = new(() => new ServiceCatalog(new EmbeddedContent()));
    private readonly ContentSource _source;
    private readonly ConcurrentDictionary<string, ServiceEntry> _entries = new(StringComparer.Ordinal);

    private ServiceCatalog(ContentSource source)
    {
        _source = source;
        Names = source.ServicesWith(ContentSource.ServiceFile);
    }

    /// <summary>The catalog that ships with this assembly.</summary>
    public static ServiceCatalog Default => _shipped.Value;

    /// <summary>Takes services and models from elsewhere from now on.</summary>
    internal static void ReadFrom(ContentSource source)
    {
        _shipped = new(() => new ServiceCatalog(source));
        ServiceModels.ReadFrom(source.ServicesWith(ContentSource.ModelFile), name => source.Open(name, ContentSource.ModelFile));
    }

    /// <summary>The names of all services, sorted. Reading them parses nothing.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>All entries, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<ServiceEntry> Services => Names.Select(Service);

    /// <summary>One service's entry.</summary>
    /// <param name="name">The catalog's name (<c>s3</c>), in any case.</param>
    /// <returns>The entry; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="ContentException">Its file is invalid; the message names file, line and remedy.</exception>
    public ServiceEntry Service(string name) =>
        _entries.GetOrAdd(Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"There is no service '{name}' in the catalog. The services are: {string.Join(", ", Names)}."), Load);

    private ServiceEntry Load(string name) =>
        CatalogReader.Read(_source.PathOf(name, ContentSource.ServiceFile), [.. _source.Maps(name, ContentSource.ServiceFile)]);
}
