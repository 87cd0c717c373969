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
    private static Lazy<ServiceCatalog> _shipped = new(() => new ServiceCatalog(ModuleContent.Shipped));
    private const string FindingsSuffix = "-findings";
    private readonly ContentSource _source;

    /// <summary>The folder of each entry that reads a provider's findings.</summary>
    private readonly Dictionary<string, string> _folders;
    private readonly ConcurrentDictionary<string, ServiceEntry> _entries = new(StringComparer.Ordinal);

    private ServiceCatalog(ContentSource source)
    {
        _source = source;
        Names = source.ServicesWith(ContentSource.ServiceFile);
        _folders = source.ServicesWith(ContentSource.FindingsFile).ToDictionary(folder => folder + FindingsSuffix, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The catalog that ships with this assembly.</summary>
    public static ServiceCatalog Default => _shipped.Value;

    /// <summary>Takes services, models and rules from a module's folder from now on; nothing is read before it is asked for.</summary>
    /// <param name="moduleFolder">The folder that holds <c>content.pack</c>, or <c>aws</c>.</param>
    public static void ReadFrom(string moduleFolder)
    {
        ModuleContent.ReadFrom(moduleFolder);
        Use(() => ModuleContent.Shipped);
    }

    /// <summary>Takes services and models from elsewhere from now on.</summary>
    internal static void Use(Func<ContentSource> source)
    {
        _shipped = new(() => new ServiceCatalog(source()));
        ServiceModels.ReadFrom(() => source().ServicesWith(ContentSource.ModelFile), name => source().Open(name, ContentSource.ModelFile));
    }

    /// <summary>The names of all services, sorted. Reading them parses nothing.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>All entries, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<ServiceEntry> Services => Names.Select(Service);

    /// <summary>The entries that read findings of AWS's own detectors, sorted by name: they are read only where they are asked for.</summary>
    public IEnumerable<ServiceEntry> Providers => _folders.Keys.OrderBy(name => name, StringComparer.Ordinal).Select(Service);

    /// <summary>All that can be read: <see cref="Services"/>, then <see cref="Providers"/>.</summary>
    public IEnumerable<ServiceEntry> All => Services.Concat(Providers);

    /// <summary>One service's entry.</summary>
    /// <param name="name">The catalog's name (<c>s3</c>), in any case.</param>
    /// <returns>The entry; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="ContentException">Its file is invalid; the message names file, line and remedy.</exception>
    public ServiceEntry Service(string name) =>
        _entries.GetOrAdd(Names.Concat(_folders.Keys).FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"There is no service '{name}' in the catalog. The services are: {string.Join(", ", Names)}."), Load);

    private ServiceEntry Load(string name) => _folders.TryGetValue(name, out var folder)
        ? Load(folder, ContentSource.FindingsFile) with { Name = folder + FindingsSuffix, Model = folder }
        : Load(name, ContentSource.ServiceFile);

    private ServiceEntry Load(string folder, string file) => CatalogReader.Read(_source.PathOf(folder, file), [.. _source.Maps(folder, file)]);
}
