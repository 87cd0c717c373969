using System;
using System.Collections.Generic;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Providers;

/// <summary>Those harvested resources that somebody asks for, by ARN, id or name.</summary>
internal sealed class KnownThings
{
    private readonly HashSet<(string Account, string Text)> _wanted = [];
    private readonly Dictionary<(string Account, string Text), (int Rank, KnownThing Thing)> _found = [];

    /// <summary>Asks for a resource of an account.</summary>
    public void Want(string account, string text) => _wanted.Add((account, text));

    /// <summary>Looks whether a resource is one of those asked for. What an ARN says counts before an id, and this before a name.</summary>
    public void Look(Resource resource)
    {
        Take(resource, resource.Arn, 0);
        Take(resource, WithoutPath(resource.Arn), 1);
        Take(resource, resource.Id, 2);
        Take(resource, resource.Name, 3);
    }

    /// <summary>The resource of an account that a text means; null where none is known.</summary>
    public KnownThing? Find(string account, string text) => _found.TryGetValue((account, text), out var found) ? found.Thing : null;

    // Who tells of a user or a role leaves its path out.
    private static string WithoutPath(string arn)
    {
        var name = arn.LastIndexOf('/');
        var type = arn.IndexOf('/');
        return arn.IndexOf(":iam::", StringComparison.Ordinal) > 0 && type < name ? arn.Substring(0, type) + arn.Substring(name) : arn;
    }

    private void Take(Resource resource, string text, int rank)
    {
        var key = (resource.AccountId, text);
        if (_wanted.Contains(key) && !(_found.TryGetValue(key, out var known) && known.Rank <= rank))
        {
            _found[key] = (rank, new KnownThing(resource.Type, resource.Id, resource.Arn, resource.Name, resource.Region));
        }
    }
}
