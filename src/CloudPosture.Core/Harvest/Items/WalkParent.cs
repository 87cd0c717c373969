using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Items;

/// <summary>A resource of which others are listed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Region">The Region it was listed in.</param>
/// <param name="Members">Those of its members that its children carry on.</param>
internal sealed record WalkParent(string Id, string Region, IReadOnlyDictionary<string, JsonElement> Members)
{
    private static readonly IReadOnlyDictionary<string, JsonElement> None = new Dictionary<string, JsonElement>();

    /// <summary>The parent that a draft makes.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="region">The Region it was listed in.</param>
    /// <param name="draft">What is known of it.</param>
    /// <param name="carried">The members that any of its children carry on.</param>
    public static WalkParent Of(string id, string region, ItemDraft draft, IReadOnlyCollection<string> carried) => new(
        id,
        region,
        carried.Count == 0 ? None : carried
            .Select(name => (Name: name, Value: draft.Find(Json.JsonPath.Parse(name))))
            .Where(member => member.Value is not null)
            .ToDictionary(member => member.Name, member => member.Value!.Value.Clone(), StringComparer.Ordinal));

    /// <summary>Groups parents as one call takes them: those alone whose carried members are the same.</summary>
    public static IEnumerable<IReadOnlyList<WalkParent>> Batches(IReadOnlyList<WalkParent> parents, WalkEntry walk)
    {
        if (walk.Batch == 1)
        {
            return parents.Select(parent => (IReadOnlyList<WalkParent>)[parent]);
        }

        return parents
            .GroupBy(parent => string.Join("\n", walk.Carry.Select(name => parent.Members.TryGetValue(name, out var value) ? value.GetRawText() : "")), StringComparer.Ordinal)
            .SelectMany(same => same.Select((parent, index) => (parent, Batch: index / walk.Batch)).GroupBy(pair => pair.Batch, pair => pair.parent))
            .Select(batch => (IReadOnlyList<WalkParent>)[.. batch]);
    }
}
