using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Every IAM action with its access level, generated from published data (see the file's first line for its version).</summary>
public static class IamActions
{
    private static readonly Lazy<Dictionary<string, string>> Lines = new(ReadLines);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<IamAction>> Services = new(StringComparer.Ordinal);

    /// <summary>Finds one action.</summary>
    /// <param name="name">The full name, in any case.</param>
    /// <returns>The action in AWS's spelling; null where IAM knows none of that name.</returns>
    public static IamAction? Find(string name) =>
        ActionPattern.HasWildcard(name) ? null : Matching(name).FirstOrDefault();

    /// <summary>Finds one action that a service of the catalog needs, which may know it before IAM's published list does.</summary>
    /// <param name="name">The full name, in any case.</param>
    /// <param name="services">The services that need it.</param>
    internal static IamAction? Find(string name, IEnumerable<ServiceEntry> services)
    {
        foreach (var service in Find(name) is null ? services : [])
        {
            if (service.NewActions.TryGetValue(name, out var level))
            {
                return new IamAction(name, level == ReadingLevel.List ? AccessLevel.List : AccessLevel.Read, CustomerData.ReasonFor(name));
            }
        }

        return Find(name);
    }

    /// <summary>All actions that a policy's pattern grants.</summary>
    /// <param name="pattern">For instance <c>s3:Get*</c>, in any case.</param>
    /// <returns>The actions, by service and access level; none where the pattern reaches nothing.</returns>
    public static IEnumerable<IamAction> Matching(string pattern)
    {
        if (ActionPattern.ServiceOf(pattern) is not { } service)
        {
            return [];
        }

        var services = ActionPattern.HasWildcard(service)
            ? Lines.Value.Keys.Where(known => ActionPattern.Matches(service, known))
            : Lines.Value.Keys.Where(known => string.Equals(known, service, StringComparison.OrdinalIgnoreCase));
        return services.SelectMany(Of).Where(action => ActionPattern.Matches(pattern, action.Name));
    }

    private static IReadOnlyList<IamAction> Of(string service) => Services.GetOrAdd(service, name =>
    [
        .. from level in Lines.Value[name].Split(' ')
           let colon = level.IndexOf(':')
           let accessLevel = (AccessLevel)Enum.Parse(typeof(AccessLevel), level.Substring(0, colon))
           from action in level.Substring(colon + 1).Split(',')
           let fullName = name + ":" + action
           select new IamAction(fullName, accessLevel, accessLevel is AccessLevel.List or AccessLevel.Read ? CustomerData.ReasonFor(fullName) : null),
    ]);

    private static Dictionary<string, string> ReadLines()
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        using var text = EmbeddedData.Open("iam-actions.txt");
        while (text.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ');
            if (line[0] != '#' && space > 0)
            {
                lines.Add(line.Substring(0, space), line.Substring(space + 1));
            }
        }

        return lines;
    }
}
