using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>The actions that IAM knows, in lower case, by service.</summary>
internal static class KnownActions
{
    private static readonly Lazy<Dictionary<string, string[]>> Services = new(Read);
    private static readonly Lazy<Dictionary<string, string>> Spellings = new(() => Words(spelled: true)
        .SelectMany(names => names)
        .ToDictionary(name => name.ToLowerInvariant(), name => name, StringComparer.Ordinal));

    /// <summary>The prefixes of the services.</summary>
    public static IReadOnlyCollection<string> Names => Services.Value.Keys;

    /// <summary>All actions.</summary>
    public static IEnumerable<string> All => Services.Value.Values.SelectMany(actions => actions);

    /// <summary>An action as AWS spells it; as it is where it is unknown.</summary>
    /// <param name="action">The action in lower case.</param>
    public static string Spelled(string action) => Spellings.Value.TryGetValue(action, out var spelled) ? spelled : action;

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

    private static Dictionary<string, string[]> Read() => Words(spelled: false).ToDictionary(names => names[0].Substring(0, names[0].IndexOf(':')), names => names, StringComparer.Ordinal);

    // Lines are "service Level:Name,Name Level:Name".
    private static IEnumerable<string[]> Words(bool spelled)
    {
        using var text = new StreamReader(typeof(KnownActions).Assembly.GetManifestResourceStream("onboarding/iam-actions.txt")!);
        return
        [
            .. text.ReadToEnd().Split('\n')
                .Select(line => (spelled ? line : line.ToLowerInvariant()).Trim().Split(' '))
                .Where(words => words.Length > 1 && words[0] != "#")
                .Select(words => words.Skip(1).SelectMany(level => level.Substring(level.IndexOf(':') + 1).Split(',')).Select(name => $"{words[0]}:{name}").ToArray()),
        ];
    }
}
