using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Content;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Paths;

/// <summary>The tables that paths are found by, and what they look at in resources.</summary>
internal sealed class PathContent
{
    private static readonly ConditionalWeakTable<ContentSet, PathContent> Known = new();

    private PathContent(ContentSet content)
    {
        Escalations = EscalationMethods.Of(content);
        Policies = ResourcePolicyField.AllOf(content);
        DataWays = DataWay.ReadAll(content.Source.Maps(ContentSource.Platform, ContentSource.DataFile));
        DataTypes = new(DataWays.Select(way => way.Type), StringComparer.Ordinal);
        Types = [.. EscalationMethods.TypesOf(Escalations).Concat(PathEntries.Types).Append(DataKeys.Type).Distinct(StringComparer.Ordinal)];
        Roles = Escalations.Select(method => method.Through).OfType<EscalationThing>()
            .Where(thing => thing.Type is not null)
            .SelectMany(thing => thing.Roles, (thing, path) => (Type: thing.Type!, Path: path))
            .GroupBy(pair => (pair.Type, pair.Path.Text))
            .Select(same => same.First())
            .ToLookup(pair => pair.Type, pair => pair.Path, StringComparer.Ordinal);
    }

    /// <summary>The ways to more rights.</summary>
    public IReadOnlyList<EscalationMethod> Escalations { get; }

    /// <summary>Where the policies of resources stand.</summary>
    public IReadOnlyList<ResourcePolicyField> Policies { get; }

    /// <summary>The ways to read data.</summary>
    public IReadOnlyList<DataWay> DataWays { get; }

    /// <summary>The types that hold data.</summary>
    public HashSet<string> DataTypes { get; }

    /// <summary>The types that must be read beside identities.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>By type the members that name a role.</summary>
    public ILookup<string, JsonPath> Roles { get; }

    /// <summary>Those of a content; read once.</summary>
    public static PathContent Of(ContentSet content) => Known.GetValue(content, content => new PathContent(content));
}
