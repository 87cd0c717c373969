using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>declaredForAll</c>, of an organization, with <c>policy</c>, a type of declarative policies, <c>setting</c>, a path in them such as
/// <c>ec2_attributes.image_block_public_access.state</c>, and <c>values</c>: whether one of these holds in every active account, as the policies
/// of root, units and account together set it. With <c>locked</c> it must also be kept from being set otherwise below. Where policies on one level
/// contradict each other it is unknown which holds.
/// </summary>
internal sealed class DeclaredForAll(YamlMap arguments) : OrganizationFunction([arguments.Required("policy")])
{
    private const string Assign = "@@assign";
    private const string All = "@@all";
    private const string ForChildren = "@@operators_allowed_for_child_policies";
    private readonly string[] _setting = arguments.Required("setting").Split('.');
    private readonly IReadOnlyList<string> _values = arguments.Texts("values");
    private readonly bool _isLocked = arguments.Flag("locked");

    protected override string Doubt => "policies of one level contradict each other for";

    // From the root down: what a level sets holds for those below, until one of them sets it otherwise and may.
    protected override bool? Holds(IReadOnlyList<IReadOnlyList<Resource>> levels)
    {
        var (set, isLocked) = (Array.Empty<string>(), false);
        foreach (var level in levels.Select(policies => policies.Select(policy => policy.Configuration.Member("Content") ?? default).ToList()))
        {
            string[] here = [.. level.Select(ValueIn).OfType<string>().Distinct(StringComparer.Ordinal)];
            set = here.Length > 0 && !isLocked ? here : set;
            isLocked |= level.Exists(IsLockedBy);
        }

        var held = set.Count(value => _values.Contains(value));
        return held == 0 || (_isLocked && !isLocked) ? false : held == set.Length ? true : null;
    }

    private string? ValueIn(JsonElement content) => Steps(content) is var steps && steps.Count == _setting.Length + 1 ? steps[steps.Count - 1].Text(Assign) : null;

    // What is locked above a setting is locked for it, too.
    private bool IsLockedBy(JsonElement content) => Steps(content).Any(step =>
        step.Member(ForChildren) is { ValueKind: JsonValueKind.Array } allowed
        && !allowed.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() is (Assign or All)));

    private List<JsonElement> Steps(JsonElement content)
    {
        var steps = new List<JsonElement> { content };
        foreach (var name in _setting)
        {
            if (steps[steps.Count - 1].Member(name) is not { } next)
            {
                break;
            }

            steps.Add(next);
        }

        return steps;
    }
}
