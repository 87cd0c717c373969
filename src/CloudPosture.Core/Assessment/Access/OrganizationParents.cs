using System;
using System.Collections.Generic;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Access;

/// <summary>Which unit or root each account and unit of an organization lies in.</summary>
internal sealed class OrganizationParents
{
    private readonly Dictionary<string, string?> _parents = new(StringComparer.Ordinal);

    /// <summary>Takes in a root, unit or account.</summary>
    public void Add(Resource place) => _parents[place.Id] = place.Configuration.Text("ParentId");

    /// <summary>The places that a place lies in, from the root down, and itself; each once, though a list may name them in a circle.</summary>
    /// <param name="place">The id of an account, unit or root.</param>
    public IReadOnlyList<string> FromRoot(string place)
    {
        var chain = new List<string> { place };
        while (_parents.TryGetValue(chain[0], out var parent) && parent is not null && !chain.Contains(parent))
        {
            chain.Insert(0, parent);
        }

        return chain;
    }
}
