using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>declaredForAll</c>, of an organization, with <c>policy</c>, a type of declarative policies, <c>setting</c>, a path in them such as
/// <c>ec2_attributes.image_block_public_access.state</c>, and <c>values</c>: whether one of these holds in every active account, as the policies
/// of root, units and account together set it. With <c>locked</c> it must also be kept from being set otherwise below. Where policies on one level
/// contradict each other it is unknown which holds. Evidence: an account for which it does not hold. Sources: root, units, accounts and policies.
/// </summary>
internal sealed class DeclaredForAll(YamlMap arguments) : DerivedFunction
{
    private const string Assign = "@@assign";
    private const string All = "@@all";
    private const string ForChildren = "@@operators_allowed_for_child_policies";
    private const string RootPrefix = "r-";
    private static readonly string[] Inactive = ["SUSPENDED", "PENDING_CLOSURE", "CLOSED"];
    private readonly string _type = arguments.Required("policy");
    private readonly string[] _setting = arguments.Required("setting").Split('.');
    private readonly IReadOnlyList<string> _values = arguments.Texts("values");
    private readonly bool _isLocked = arguments.Flag("locked");

    public override IReadOnlyList<string> Types => [OrganizationTypes.Root, OrganizationTypes.Unit, OrganizationTypes.Account, OrganizationTypes.Policy];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var account = subject.Account;
        var policies = account.Resources(OrganizationTypes.Policy).Where(policy => policy.Configuration.Text("Type") == _type).ToList();
        var missing = Types.Select(type => account.WhyMissing(type, null))
            .Concat(policies.SelectMany(policy => policy.Gaps).Select(gap => Conditions.Evidence.Of(gap)))
            .FirstOrDefault(reason => reason is not null);
        if (missing is not null)
        {
            return DerivedValue.Unknown(explain ? $"the organization's policies could not be read: {missing}" : null);
        }

        var attached = (from policy in policies
                        from target in policy.Configuration.Items("Targets").Select(target => target.Text("TargetId")).OfType<string>()
                        select (Target: target, Content: policy.Configuration.Member("Content") ?? default)).ToLookup(pair => pair.Target, pair => pair.Content, StringComparer.Ordinal);
        var parents = Parents(account);
        var places = Places(account, attached.Select(level => level.Key)).Select(place => (Id: place, Holds: Holds(place, attached, parents))).ToList();
        var without = places.Where(place => place.Holds == false).ToList();
        return policies.Count == 0 || places.Count == 0 ? DerivedValue.Of(false, explain ? $"no {_type} is attached" : null)
            : without.Count > 0 ? DerivedValue.Of(false, explain ? $"it does not hold in {without[0].Id}{(without.Count > 1 ? $" and {without.Count - 1} more" : "")}" : null)
            : places.Exists(place => place.Holds is null) ? DerivedValue.Unknown(explain ? $"policies of one level contradict each other for {places.Find(place => place.Holds is null).Id}" : null)
            : DerivedValue.Of(true, explain ? $"it holds in all {places.Count}" : null);
    }

    private static OrganizationParents Parents(AccountIndex account)
    {
        var parents = new OrganizationParents();
        foreach (var place in account.Resources(OrganizationTypes.Unit).Concat(account.Resources(OrganizationTypes.Account)))
        {
            parents.Add(place);
        }

        return parents;
    }

    // Where no account was listed, a root stands for all that there are to be.
    private static IReadOnlyList<string> Places(AccountIndex account, IEnumerable<string> targets)
    {
        string[] accounts = [.. account.Resources(OrganizationTypes.Account).Where(IsActive).Select(one => one.Id)];
        return accounts.Length > 0 ? accounts
            : [.. account.Resources(OrganizationTypes.Root).Select(root => root.Id).Concat(targets.Where(target => target.StartsWith(RootPrefix, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsActive(Resource account) =>
        !Inactive.Contains(account.Configuration.Text("Status")) && !Inactive.Contains(account.Configuration.Text("State"));

    // From the root down: what a level sets holds for those below, until one of them sets it otherwise and may.
    private bool? Holds(string place, ILookup<string, JsonElement> attached, OrganizationParents parents)
    {
        var (set, isLocked) = (Array.Empty<string>(), false);
        foreach (var level in parents.FromRoot(place).Select(id => attached[id]))
        {
            string[] here = [.. level.Select(ValueIn).OfType<string>().Distinct(StringComparer.Ordinal)];
            set = here.Length > 0 && !isLocked ? here : set;
            isLocked |= level.Any(IsLockedBy);
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
