using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>What can be harvested, and how: one entry a service, each read from its YAML file when it is first asked for.</summary>
public sealed class ServiceCatalog
{
    private const string FindingsSuffix = "-findings";
    private const string EventsSuffix = "-events";
    private readonly Lazy<ContentSource> _source;

    /// <summary>The folder of each entry that reads a provider's findings.</summary>
    private readonly Lazy<IReadOnlyDictionary<string, string>> _folders;

    /// <summary>The folder of each entry that reads an account's events.</summary>
    private readonly Lazy<IReadOnlyDictionary<string, string>> _eventFolders;
    private readonly Lazy<IReadOnlyList<string>> _names;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _serviceByType;
    private readonly ConcurrentDictionary<string, ServiceEntry> _entries = new(StringComparer.Ordinal);

    internal ServiceCatalog(Lazy<ContentSource> source, ContentSet content)
    {
        Content = content;
        _source = source;
        _names = new(() => source.Value.ServicesWith(ContentSource.ServiceFile));
        _folders = new(() => source.Value.ServicesWith(ContentSource.FindingsFile).ToDictionary(folder => folder + FindingsSuffix, StringComparer.OrdinalIgnoreCase));
        _eventFolders = new(() => source.Value.ServicesWith(ContentSource.EventsFile).ToDictionary(folder => folder + EventsSuffix, StringComparer.OrdinalIgnoreCase));
        _serviceByType = new(ReadTypes);
    }

    /// <summary>What it is a part of.</summary>
    internal ContentSet Content { get; }

    /// <summary>The names of all services, sorted. Reading them parses nothing.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>All entries, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<ServiceEntry> Services => Names.Select(Service);

    /// <summary>The entries that read findings of AWS's own detectors, sorted by name: they are read only where they are asked for.</summary>
    public IEnumerable<ServiceEntry> Providers => _folders.Value.Keys.OrderBy(name => name, StringComparer.Ordinal).Select(Service);

    /// <summary>The names of the entries that read an account's events, sorted: they are read only where they are asked for, in a harvest of their own.</summary>
    public IReadOnlyList<string> EventNames => [.. _eventFolders.Value.Keys.OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The entries that read an account's events, in the order of <see cref="EventNames"/>.</summary>
    public IEnumerable<ServiceEntry> Events => EventNames.Select(Service);

    /// <summary>All that can be read: <see cref="Services"/>, then <see cref="Providers"/>, then <see cref="Events"/>.</summary>
    public IEnumerable<ServiceEntry> All => Services.Concat(Providers).Concat(Events);

    /// <summary>One service's entry.</summary>
    /// <param name="name">The catalog's name (<c>s3</c>), in any case.</param>
    /// <returns>The entry; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="ContentException">Its file is invalid; the message names file, line and remedy.</exception>
    public ServiceEntry Service(string name) =>
        _entries.TryGetValue(name, out var entry) ? entry : _entries.GetOrAdd(Names.Concat(_folders.Value.Keys)
            .Concat(_eventFolders.Value.Keys)
            .FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"There is no service '{name}' in the catalog. The services are: {string.Join(", ", Names)}."), Load);

    /// <summary>The entries of the services named; of all where none is named.</summary>
    /// <param name="names">The names, in any case, each once or more often.</param>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    public IReadOnlyList<ServiceEntry> ServicesOf(IReadOnlyList<string> names) => [.. (names.Count > 0 ? names : Names).Select(Service).Distinct()];

    /// <summary>The service that a type is harvested with; null where nothing harvests it.</summary>
    internal string? ServiceOf(string type) => _serviceByType.Value.TryGetValue(type, out var service) ? service : null;

    /// <summary>The members that AWS always answers for each of the types.</summary>
    internal IReadOnlyList<JsonPath> AlwaysAnswered(IReadOnlyList<string> types)
    {
        var always = types.Select(type => new HashSet<string>(EntriesOf(type).SelectMany(entry => entry.Always), StringComparer.Ordinal)).ToList();
        return always.Count == 0 ? [] : [.. always.Aggregate((first, next) => [.. first.Intersect(next)]).Select(JsonPath.Parse)];
    }

    /// <summary>What to say about a type that nothing harvests: the types of its service, or else all there are.</summary>
    internal string Unknown(string type)
    {
        var prefix = type.Substring(0, type.LastIndexOf(':') + 1);
        var near = _serviceByType.Value.Keys.Where(known => known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray();
        near = near.Length > 0 ? near : [.. _serviceByType.Value.Keys];
        return $"the resource type '{type}' is not harvested. Known are: {string.Join(", ", near.OrderBy(known => known, StringComparer.Ordinal))}.";
    }

    private IEnumerable<ResourceEntry> EntriesOf(string type) => ServiceOf(type) is { } service ? Service(service).Resources.Where(entry => entry.Type == type) : [];

    private Dictionary<string, string> ReadTypes()
    {
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in Services.Concat(Events))
        {
            foreach (var resource in service.Resources)
            {
                services[resource.Type] = service.Name;
            }
        }

        return services;
    }

    private ServiceEntry Load(string name) => _folders.Value.TryGetValue(name, out var folder)
        ? Load(folder, ContentSource.FindingsFile) with { Name = folder + FindingsSuffix, Model = folder }
        : _eventFolders.Value.TryGetValue(name, out folder)
        ? Load(folder, ContentSource.EventsFile) with { Name = folder + EventsSuffix, Model = folder, IsOfEvents = true }
        : Load(name, ContentSource.ServiceFile);

    private ServiceEntry Load(string folder, string file) => CatalogReader.Read(_source.Value.PathOf(folder, file), [.. _source.Value.Maps(folder, file)]);
}
