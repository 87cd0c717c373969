using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Content;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Paths;

/// <summary>What paths look at in resources.</summary>
/// <param name="Types">The types.</param>
/// <param name="Roles">By type the members that name a role.</param>
internal sealed record PathMembers(HashSet<string> Types, ILookup<string, JsonPath> Roles)
{
    public static PathMembers Of(ContentSet content) => new(
        new(PathFinder.TypesOf(content), StringComparer.Ordinal),
        EscalationMethods.Of(content).Select(method => method.Through).OfType<EscalationThing>()
            .Where(thing => thing.Type is not null)
            .SelectMany(thing => thing.Roles, (thing, path) => (Type: thing.Type!, Path: path))
            .GroupBy(pair => (pair.Type, pair.Path.Text))
            .Select(same => same.First())
            .ToLookup(pair => pair.Type, pair => pair.Path, StringComparer.Ordinal));
}
