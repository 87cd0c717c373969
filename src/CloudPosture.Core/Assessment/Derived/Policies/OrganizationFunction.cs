using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// A question of an organization about each of its active accounts: whether what is attached to root, units and account brings something about
/// there. Evidence: an account where it does not. Sources: root, units, accounts and policies.
/// </summary>
/// <param name="kinds">The types of policies that count.</param>
internal abstract class OrganizationFunction(IReadOnlyList<string> kinds) : DerivedFunction
{
    private const string RootPrefix = "r-";
    private static readonly string[] Inactive = ["SUSPENDED", "PENDING_CLOSURE", "CLOSED"];

    public override IReadOnlyList<string> Types => [OrganizationTypes.Root, OrganizationTypes.Unit, OrganizationTypes.Account, OrganizationTypes.Policy];

    /// <summary>Whether policies of these types hold in the management account too.</summary>
    protected virtual bool BindsManagement => true;

    /// <summary>Why it is unknown whether it holds, in words that an account's id follows.</summary>
    protected virtual string Doubt => "it is unknown for";

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var account = subject.Account;
        var policies = account.Resources(OrganizationTypes.Policy).Where(policy => kinds.Contains(policy.Configuration.Text("Type"))).ToList();
        var missing = Types.Select(type => account.WhyMissing(type, null))
            .Concat(policies.SelectMany(policy => policy.Gaps).Select(gap => Conditions.Evidence.Of(gap)))
            .FirstOrDefault(reason => reason is not null);
        if (missing is not null)
        {
            return DerivedValue.Unknown(explain ? $"the organization's policies could not be read: {missing}" : null);
        }

        var attached = (from policy in policies
                        from target in policy.Configuration.Items("Targets").Select(target => target.Text("TargetId")).OfType<string>()
                        select (Target: target, Policy: policy)).ToLookup(pair => pair.Target, pair => pair.Policy, StringComparer.Ordinal);
        var parents = Parents(account);
        var places = Places(account, attached.Select(level => level.Key))
            .Select(place => (Id: place, Holds: Holds([.. parents.FromRoot(place).Select(id => attached[id].ToList())]))).ToList();
        var without = places.Where(place => place.Holds == false).ToList();
        return policies.Count == 0 || places.Count == 0 ? DerivedValue.Of(false, explain ? $"no {string.Join(" or ", kinds)} is attached" : null)
            : without.Count > 0 ? DerivedValue.Of(false, explain ? $"it does not hold in {without[0].Id}{(without.Count > 1 ? $" and {without.Count - 1} more" : "")}" : null)
            : places.Exists(place => place.Holds is null) ? DerivedValue.Unknown(explain ? $"{Doubt} {places.Find(place => place.Holds is null).Id}" : null)
            : DerivedValue.Of(true, explain ? $"it holds in all {places.Count}" : null);
    }

    /// <summary>Whether it holds where these policies are attached; null where nobody can tell.</summary>
    /// <param name="levels">The policies of the root, of each unit below it and of the account; of a level without any, none.</param>
    protected abstract bool? Holds(IReadOnlyList<IReadOnlyList<Resource>> levels);

    private static OrganizationParents Parents(AccountIndex account)
    {
        var parents = new OrganizationParents();
        foreach (var place in account.Resources(OrganizationTypes.Unit).Concat(account.Resources(OrganizationTypes.Account)))
        {
            parents.Add(place);
        }

        return parents;
    }

    // Where there is no such account, a root stands for all that there are to be. In an order of their own, so that evidence is the same however they were read.
    private IReadOnlyList<string> Places(AccountIndex account, IEnumerable<string> targets)
    {
        var accounts = account.Resources(OrganizationTypes.Account).Where(one => IsActive(one) && (BindsManagement || one.Id != account.AccountId)).Select(one => one.Id).ToList();
        var places = accounts.Count > 0 ? accounts
            : account.Resources(OrganizationTypes.Root).Select(root => root.Id).Concat(targets.Where(target => target.StartsWith(RootPrefix, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal);
        return [.. places.OrderBy(id => id, StringComparer.Ordinal)];
    }

    private static bool IsActive(Resource account) =>
        !Inactive.Contains(account.Configuration.Text("Status")) && !Inactive.Contains(account.Configuration.Text("State"));
}
