using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;

namespace CloudPosture.Aws.Models;

/// <summary>API models, each loaded when it is first asked for.</summary>
public sealed class ServiceModels
{
    private readonly ConcurrentDictionary<string, ServiceModel> _loaded = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _names;
    private readonly Func<string, Stream?> _open;

    /// <summary>Takes the models from somewhere.</summary>
    /// <param name="names">The names of all models, sorted.</param>
    /// <param name="open">Opens the model of a name; null where there is none.</param>
    internal ServiceModels(Func<IReadOnlyList<string>> names, Func<string, Stream?> open) => (_names, _open) = (new(names), open);

    /// <summary>The names of all models, sorted.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>The model of one service.</summary>
    /// <param name="name">The model's name (<c>iam</c>).</param>
    /// <returns>The model; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public ServiceModel Get(string name) => _loaded.GetOrAdd(name, Load);

    private ServiceModel Load(string name)
    {
        using var stream = _open(name)
            ?? throw new KeyNotFoundException($"There is no API model '{name}'. The models are: {string.Join(", ", Names)}.");
        return ServiceModelReader.Read(name, stream);
    }
}
