using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Onboarding.Policies;

/// <summary>
/// What the harvest may do and nothing else, computed from the catalog: the part that SecurityAudit grants, and the custom
/// policy of the rest.
/// </summary>
public sealed class LeastPrivilegePolicy
{
    private const string Sid = "ReadConfiguration";

    /// <summary>AWS answers these whatever the caller's policies say.</summary>
    private static readonly HashSet<string> OpenToAll = new(StringComparer.OrdinalIgnoreCase) { "sts:GetCallerIdentity" };

    /// <summary>Whatever is read, the account's Regions are asked for first.</summary>
    private static readonly (string Action, string Service, string Type) Regions = ("ec2:DescribeRegions", "ec2", "AWS::EC2::Region");

    private LeastPrivilegePolicy(IReadOnlyList<PolicyAction> actions) => Actions = actions;

    /// <summary>Each action, sorted by name.</summary>
    public IReadOnlyList<PolicyAction> Actions { get; }

    /// <summary>The policies to attach beside SecurityAudit, each within IAM's 6,144 characters; none where SecurityAudit grants everything.</summary>
    public IReadOnlyList<string> CustomDocuments => PolicyText.Allow(Sid, Names(PolicyGrant.Custom));

    /// <summary>The policies to attach where SecurityAudit is not, each within IAM's 6,144 characters.</summary>
    public IReadOnlyList<string> StandaloneDocuments => PolicyText.Allow(Sid, Names(PolicyGrant.Custom, PolicyGrant.SecurityAudit));

    /// <summary>Computes the policy.</summary>
    /// <param name="scope">What it has to cover.</param>
    /// <param name="catalog">What is harvested.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="KeyNotFoundException">The catalog has no such service.</exception>
    /// <exception cref="InvalidOperationException">The catalog asks for an action that is unknown, writes, or returns customer data.</exception>
    public static LeastPrivilegePolicy Compute(PolicyScope scope, ServiceCatalog catalog) =>
        Compute(scope, (scope.Services is null ? catalog.Services : scope.Services.Select(catalog.Service))
            .Concat(catalog.Providers.Where(provider => scope.Providers.Contains(provider.Provider!, StringComparer.OrdinalIgnoreCase)))
            .Concat(scope.IncludeEvents ? catalog.Events : []));

    internal static LeastPrivilegePolicy Compute(PolicyScope scope, IEnumerable<ServiceEntry> wanted)
    {
        var services = wanted.ToList();
        var rules = (from rule in scope.Rules from type in rule.ResourceTypes select (rule.RuleId, type)).ToLookup(need => need.type, need => need.RuleId);
        var calls = from service in services
                    from resource in service.Resources
                    where !scope.OnlyForRules || rules.Contains(resource.Type)
                    from operation in resource.Operations
                    select (Action: service.ActionOf(operation), Service: service.Name, resource.Type);
        return new LeastPrivilegePolicy(
        [
            .. from call in calls.Append(Regions)
               group call by call.Action into action
               orderby action.Key
               select new PolicyAction
               {
                   Action = action.Key,
                   Services = Sorted(action.Select(call => call.Service)),
                   AccessLevel = Require(action.Key, services).AccessLevel,
                   GrantedBy = GrantOf(action.Key),
                   ResourceTypes = Sorted(action.Select(call => call.Type)),
                   Rules = Sorted(action.SelectMany(call => rules[call.Type])),
               },
        ]);
    }

    private static IamAction Require(string action, IReadOnlyCollection<ServiceEntry> services) => IamActions.Find(action, services) switch
    {
        null => throw new InvalidOperationException($"The catalog asks for '{action}', which IAM does not know: correct 'action' in its entry, or name it under 'newActions' if it is newer than the list."),
        { CustomerData: not null } asked when CustomerData.IsOnRequest(action) && services.Where(service => service.Actions.Contains(action)).All(service => service.IsOfEvents) => asked,
        { CustomerData: { } reason } => throw new InvalidOperationException($"The catalog asks for '{action}', which returns customer data ({reason}): leave it out."),
        { ReadsConfiguration: false } known => throw new InvalidOperationException($"The catalog asks for '{action}', which is of level {known.AccessLevel}: leave it out."),
        var known => known,
    };

    // What stands in no policy unless somebody asks for it is shown where they asked, whatever SecurityAudit grants beside it.
    private static PolicyGrant GrantOf(string action) =>
        OpenToAll.Contains(action) ? PolicyGrant.NotNeeded
        : CustomerData.IsOnRequest(action) ? PolicyGrant.Custom
        : SecurityAuditPolicy.Grants(action) ? PolicyGrant.SecurityAudit
        : PolicyGrant.Custom;

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];

    private IEnumerable<string> Names(params PolicyGrant[] grants) =>
        Actions.Where(action => grants.Contains(action.GrantedBy)).Select(action => action.Action);
}
