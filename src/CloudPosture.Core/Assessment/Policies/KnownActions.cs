using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>The actions that IAM knows, in lower case, by service.</summary>
internal static class KnownActions
{
    private static readonly Lazy<Dictionary<string, string[]>> Services = new(Read);

    /// <summary>The actions of a service; none where it is unknown.</summary>
    /// <param name="service">The service prefix in lower case.</param>
    public static IReadOnlyList<string> Of(string service) => Services.Value.TryGetValue(service, out var actions) ? actions : [];

    /// <summary>The actions that a pattern matches.</summary>
    /// <param name="pattern">A pattern in lower case.</param>
    public static IEnumerable<string> Matching(Glob pattern)
    {
        var colon = pattern.Pattern.IndexOf(':');
        var service = colon < 0 ? null : new Glob(pattern.Pattern.Substring(0, colon));
        var services = service is { IsLiteral: true } ? Of(service.Pattern)
            : Services.Value.Where(entry => service is null || service.Matches(entry.Key)).SelectMany(entry => entry.Value);
        return services.Where(pattern.Matches);
    }

    // Lines are "service Level:Name,Name Level:Name".
    private static Dictionary<string, string[]> Read()
    {
        using var text = new StreamReader(typeof(KnownActions).Assembly.GetManifestResourceStream("onboarding/iam-actions.txt")!);
        return text.ReadToEnd().Split('\n')
            .Select(line => line.Trim().ToLowerInvariant().Split(' '))
            .Where(words => words.Length > 1 && words[0] != "#")
            .ToDictionary(
                words => words[0],
                words => words.Skip(1).SelectMany(level => level.Substring(level.IndexOf(':') + 1).Split(',')).Select(name => $"{words[0]}:{name}").ToArray(),
                StringComparer.Ordinal);
    }
}
