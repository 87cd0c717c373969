using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>On which services' resources actions act: those of their own service, but for what AWS lists otherwise.</summary>
internal static class ActionResources
{
    /// <summary>Stands for whichever service.</summary>
    public const string Any = "*";

    private const int ServicePart = 2;
    private const int PartsBeforeName = 5;
    private static readonly Lazy<ILookup<string, string>> Others = new(Read);

    /// <summary>The prefix of an action's service; empty where it has none.</summary>
    /// <param name="action">The action.</param>
    public static string ServiceOf(string action) => action.Substring(0, Math.Max(action.IndexOf(':'), 0));

    /// <summary>The services in the ARNs that an action acts on, its own first; only <see cref="Any"/> where IAM knows no such service.</summary>
    /// <param name="action">The action in lower case.</param>
    public static IReadOnlyList<string> ServicesOf(string action)
    {
        var service = ServiceOf(action);
        return KnownActions.Of(service).Count == 0 ? [Any] : [service, .. Others.Value[action]];
    }

    /// <summary>Whether what a pattern names may be a resource of one of some services.</summary>
    /// <param name="pattern">A pattern of ARNs.</param>
    /// <param name="services">The services.</param>
    public static bool MayBeOf(Glob pattern, IReadOnlyList<string> services) =>
        services.Contains(Any)
        || pattern.Pattern.Split(':') is not { Length: > PartsBeforeName } parts
        || new Glob(parts[ServicePart]) is var named && services.Any(named.Matches);

    // Lines are "service other:Name,Name other:Name".
    private static ILookup<string, string> Read()
    {
        using var text = new StreamReader(typeof(ActionResources).Assembly.GetManifestResourceStream("onboarding/iam-resources.txt")!);
        return (from line in text.ReadToEnd().ToLowerInvariant().Split('\n')
                let words = line.Trim().Split(' ')
                where words.Length > 1 && words[0] != "#"
                from other in words.Skip(1)
                let colon = other.IndexOf(':')
                from name in other.Substring(colon + 1).Split(',')
                select (Action: $"{words[0]}:{name}", Service: other.Substring(0, colon))).ToLookup(pair => pair.Action, pair => pair.Service, StringComparer.Ordinal);
    }
}
