using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Aws.Models;

/// <summary>The API models that ship with this assembly; each is loaded when it is first asked for.</summary>
public static class ServiceModels
{
    private const string Prefix = "aws/";
    private const string Suffix = "/model.json";
    private static readonly ConcurrentDictionary<string, ServiceModel> Loaded = new(StringComparer.Ordinal);
    private static Func<string, Stream?> _open = name => typeof(ServiceModels).Assembly.GetManifestResourceStream(Prefix + name + Suffix);

    /// <summary>The names of all models, sorted.</summary>
    public static IReadOnlyList<string> Names { get; private set; } =
        [.. typeof(ServiceModels).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name.Substring(Prefix.Length, name.Length - Prefix.Length - Suffix.Length))
            .OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The model of one service.</summary>
    /// <param name="name">The model's name (<c>iam</c>).</param>
    /// <returns>The model; the same instance each time.</returns>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public static ServiceModel Get(string name) => Loaded.GetOrAdd(name, Load);

    /// <summary>Takes the models from elsewhere from now on.</summary>
    internal static void ReadFrom(IReadOnlyList<string> names, Func<string, Stream?> open)
    {
        (Names, _open) = (names, open);
        Loaded.Clear();
    }

    private static ServiceModel Load(string name)
    {
        using var stream = _open(name)
            ?? throw new KeyNotFoundException($"There is no API model '{name}'. The models are: {string.Join(", ", Names)}.");
        return ServiceModelReader.Read(name, stream);
    }
}
