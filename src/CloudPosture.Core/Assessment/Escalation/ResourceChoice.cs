using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Finds the resources and Regions that a principal would choose, so that its policies allow the action.</summary>
internal sealed class ResourceChoice(ActionIndex actions)
{
    private const int MostRegions = 6;
    private const int MostResources = 12;
    private static readonly Regex Fresh = new($"{Glob.Fresh}+", RegexOptions.Compiled | RegexOptions.CultureInvariant);
    private readonly Dictionary<Identity, IReadOnlyList<string>> _regions = [];

    /// <summary>A resource as people read it: <c>*</c> for what may be chosen.</summary>
    public static string Shown(string resource) => Fresh.Replace(resource, "*");

    /// <summary>A pattern of methods with the account's names in it.</summary>
    public static string Filled(string pattern, IdentityAccount account, string region) =>
        pattern.Replace("{partition}", account.Partition).Replace("{account}", account.AccountId).Replace("{region}", region);

    /// <summary>The Region where IAM is asked.</summary>
    public static string Home(IdentityAccount account) => Partition.HomeRegionOf(account.Partition);

    /// <summary>The Regions worth trying: the partition's own, and those that the identity's policies and limits name.</summary>
    public IReadOnlyList<string> Regions(Identity identity, IdentityAccount account, IdentityEstate estate)
    {
        if (!_regions.TryGetValue(identity, out var regions))
        {
            AccessPolicy[] policies = [.. identity.Policies, .. identity.Boundary is { } boundary ? [boundary] : Array.Empty<AccessPolicy>(), .. estate.LimitsOf(identity).SelectMany(level => level)];
            _regions[identity] = regions = [.. policies.SelectMany(policy => policy.Statements ?? [])
                .SelectMany(RegionsIn)
                .Prepend(Home(account))
                .Distinct(StringComparer.Ordinal)
                .Take(MostRegions)];
        }

        return regions;
    }

    /// <summary>Resources that fit a pattern and that an identity's policies may allow for all of some actions.</summary>
    public IEnumerable<string> Resources(Identity identity, string pattern, IReadOnlyList<EscalationAction> wanted)
    {
        IReadOnlyList<Glob> shapes = [Glob.Of(pattern)];
        string[] service = [Policies.Patterns.Arn.ServiceOf(pattern) ?? ActionResources.Any];
        foreach (var action in wanted)
        {
            var granted = identity.Statements
                .Where(statement => statement.IsAllow && actions.IsAbout(statement, action.Name))
                .SelectMany(statement => statement.ExceptsResources ? [Glob.Of("*")] : statement.ResourcePatterns(Variables(identity, statement), wanted: true).All)
                .Where(granting => ActionResources.MayBeOf(granting, service));
            shapes = Globs.Narrow(shapes, Globs.Distinct(granted), new Work());
        }

        return shapes.Select(shape => shape.Witness())
            .OrderBy(resource => resource, StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal)
            .Take(MostResources);
    }

    /// <summary>What the variables in a statement's resources stand for.</summary>
    public static IVariables Variables(Identity identity, Statement statement) => !statement.HasResourceVariables ? NoVariables.Instance
        : new RequestContext(new AccessRequest(identity.Arn, "*", "*") { PrincipalContext = identity.Context, ListedPrefixes = identity.ListedPrefixes });

    private static IEnumerable<string> RegionsIn(Statement statement) => statement.Conditions
        .Where(condition => condition.Key == "aws:requestedregion")
        .SelectMany(condition => condition.Values.Select(value => value.Text))
        .Concat(statement.IsAllow ? statement.Resources.Select(resource => Policies.Patterns.Arn.Parts(resource.Text)?[3]).OfType<string>() : [])
        .Where(region => region.Length > 0 && region.IndexOfAny(['*', '?', '$']) < 0);
}
