using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>Somebody who asks: what principal elements may call them, what AWS says of them, and what they may choose.</summary>
/// <param name="Names">The names.</param>
/// <param name="Facts">What every request of theirs says.</param>
/// <param name="Choices">Each key with the values that it can have; null where it can be left out.</param>
/// <param name="Actions">What they can ask for.</param>
internal sealed record Actor(string[] Names, IReadOnlyDictionary<string, string[]> Facts, IReadOnlyList<(string Key, string[]?[] Values)> Choices, string[] Actions)
{
    private const int MostContexts = 60_000;

    /// <summary>All requests about these resources that can differ for a policy; null where they are too many.</summary>
    public IEnumerable<PlainRequest>? Requests(string policy, IReadOnlyList<(string Arn, Func<string, bool> Takes)> resources)
    {
        var contexts = new List<IReadOnlyDictionary<string, string[]>> { Facts };
        foreach (var (key, values) in Choices.Where(choice => policy.Contains(choice.Key.Split('|')[0], StringComparison.OrdinalIgnoreCase)))
        {
            contexts = [.. contexts.SelectMany(context => values.Select(value => With(context, key, value)))];
            if (contexts.Count > MostContexts)
            {
                return null;
            }
        }

        return from context in contexts
               from action in Actions
               from resource in resources
               where resource.Takes(action)
               select new PlainRequest(Names, action, resource.Arn, context);
    }

    // A key "aws:Source|…" stands for a way to come, its values "aws:sourceip=1.2.3.4".
    private static IReadOnlyDictionary<string, string[]> With(IReadOnlyDictionary<string, string[]> context, string key, string[]? value)
    {
        if (value is null)
        {
            return context;
        }

        var with = new Dictionary<string, string[]>(context);
        if (!key.Contains('|'))
        {
            with[key.ToLowerInvariant()] = value;
            return with;
        }

        foreach (var pair in value.Select(pair => pair.Split('=', 2)))
        {
            with[pair[0]] = [pair[1]];
        }

        return with;
    }
}
