using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Access;

/// <summary>Where the policy of a type's resources stands.</summary>
/// <param name="Type">The type.</param>
/// <param name="Service">The service in the ARNs.</param>
/// <param name="Fields">The field that holds the policy, and any that hold others which apply together with it.</param>
/// <param name="Below">What follows the ARN of what has no policy of its own.</param>
/// <param name="Actions">Patterns of the actions that it is asked for, in lower case.</param>
internal sealed record ResourcePolicyField(string Type, string Service, IReadOnlyList<JsonPath> Fields, IReadOnlyList<string> Below, IReadOnlyList<Glob> Actions)
{
    private static readonly ConditionalWeakTable<ContentSet, IReadOnlyList<ResourcePolicyField>> Read = new();

    /// <summary>Those that ship; read once.</summary>
    public static IReadOnlyList<ResourcePolicyField> AllOf(ContentSet content) =>
        Read.GetValue(content, content => ReadAll(content.Source.Maps(ContentSource.Platform, ContentSource.ResourcePoliciesFile)));

    /// <exception cref="ContentException">One is invalid.</exception>
    public static IReadOnlyList<ResourcePolicyField> ReadAll(IEnumerable<YamlMap> maps) => [.. maps.Select(map =>
    {
        var field = new ResourcePolicyField(
            map.Required("type"),
            map.Required("service"),
            map.Has("beside") ? [map.RequiredParsed("field", JsonPath.Parse), map.RequiredParsed("beside", JsonPath.Parse)] : [map.RequiredParsed("field", JsonPath.Parse)],
            map.Texts("below"),
            [.. map.Texts("actions").Select(action => Glob.Of(action.ToLowerInvariant()))]);
        map.RejectUnknownKeys();
        return field;
    })];

    /// <summary>Whether a resource, or what is below it, has this ARN.</summary>
    public bool IsOn(Resource resource, string arn)
    {
        if (resource.Arn == arn)
        {
            return true;
        }

        var rest = arn.StartsWith(resource.Arn, StringComparison.Ordinal) ? arn.Substring(resource.Arn.Length) : "";
        return Below.Any(below => Glob.Of(below).Matches(rest));
    }

    /// <summary>Whether the policy is asked for an action.</summary>
    /// <param name="action">The action, in any case.</param>
    public bool IsAsked(string action) => Actions.Count == 0 || Actions.Any(pattern => pattern.Matches(action.ToLowerInvariant()));

    /// <summary>The policy of a resource, or its policies as one; null where it has none.</summary>
    public AccessPolicy? Of(Resource resource)
    {
        var name = "policy of " + resource.Arn;
        if (resource.Gaps.Any(gap => gap.Field is { } unread && Fields.Any(field => field.IsTouchedBy(unread))))
        {
            return new AccessPolicy(name, null);
        }

        var documents = new List<PolicyDocument?>();
        foreach (var field in Fields)
        {
            if (field.TryFind(resource.Configuration, out var json))
            {
                documents.Add(PolicyDocument.Parse(json));
            }
        }

        return documents.Count == 0 ? null
            : AccessPolicy.Of(name, PolicyDocument.Together(documents) is [{ } policy] ? policy.Statements : null);
    }
}
