using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>
/// Gives a role to the accounts of an organization through a service-managed CloudFormation StackSet, which also follows
/// accounts that join or leave. It leaves the management account out; <see cref="RoleManager"/> makes the role there.
/// </summary>
public sealed class OrganizationRollout
{
    private readonly AwsClient _client;
    private readonly AwsTarget _target;
    private readonly AwsCaller _aws;
    private readonly TimeProvider _time;

    /// <summary>A rollout from an organization's management account.</summary>
    /// <param name="client">Sends the calls.</param>
    /// <param name="target">Whom they are signed as, and the Region where a new StackSet and its stacks are to be.</param>
    /// <param name="time">The time; null for the machine's.</param>
    public OrganizationRollout(AwsClient client, AwsTarget target, TimeProvider? time = null)
    {
        (_client, _target, _aws) = (client, target, new AwsCaller(client, target));
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Finds out what a rollout takes.</summary>
    /// <param name="role">The role of each account.</param>
    /// <param name="targets">Organizational units and roots; none for the whole organization.</param>
    /// <param name="keepExternalId">True to take over the external ID of the StackSet that is there already, or else of the management account's role, in place of the role's.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan; nothing is changed yet.</returns>
    /// <exception cref="RoleSpecException">The role or a target breaks a limit, or the StackSet's name is taken by another role or path.</exception>
    /// <exception cref="AwsServiceException">AWS refused a reading call: these credentials may not be of the management account.</exception>
    public async Task<RolloutPlan> PlanAsync(RoleSpec role, IReadOnlyList<string> targets, bool keepExternalId, CancellationToken cancellationToken)
    {
        role.Validate();
        foreach (var target in targets)
        {
            AwsLimits.CheckTarget(target);
        }

        var caller = await _aws.CallAsync("GetCallerIdentity", [], cancellationToken, "sts").ConfigureAwait(false);
        role = role.In(PartitionPattern.Of((string)caller["Arn"]!)!).Validate();
        var reached = targets.Count > 0 ? [.. targets.Distinct()] : await RootsAsync(cancellationToken).ConfigureAwait(false);
        var name = CloudFormationTemplate.StackSetName(role);
        var present = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        present?.DemandRole(role);
        role = keepExternalId ? await WithPresentExternalIdAsync(role, present, cancellationToken).ConfigureAwait(false) : role;
        var template = CloudFormationTemplate.Stack(role);
        template = present?.Keep(template) ?? template;
        var plan = new RolloutPlan
        {
            Role = role,
            AccountId = (string)caller["Account"]!,
            StackSetName = name,
            Region = present?.Region ?? _target.Region,
            Targets = reached,
            Exists = present is not null,
            Differences = present?.Differences(template, role.ExternalId) ?? [],
            NeedsTrustedAccess = await IsClosedAsync(cancellationToken).ConfigureAwait(false),
            Changes = [],
            Template = template,
            Present = present,
            Deployments = reached,
        };
        plan = plan with { Deployments = await DeploymentsAsync(plan, cancellationToken).ConfigureAwait(false) };
        return plan with { Changes = [.. Changes(plan)] };
    }

    /// <summary>What became of the role in the accounts that the StackSet reaches at present.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The accounts; none where there is no StackSet.</returns>
    public async Task<IReadOnlyList<AccountRollout>> AccountsAsync(RolloutPlan plan, CancellationToken cancellationToken) => plan.Exists
        ? await new RolloutRun(Caller(plan.Region), plan, _time).AccountsAsync(plan.PresentExternalId, cancellationToken).ConfigureAwait(false)
        : [];

    /// <summary>Carries a plan out and waits for its end.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops waiting; the rollout itself goes on in AWS.</param>
    /// <returns>What became of it in each account.</returns>
    /// <exception cref="RolloutException">AWS refused a call; the message names what remains.</exception>
    public Task<RolloutResult> ApplyAsync(RolloutPlan plan, IProgress<RolloutProgress>? progress, CancellationToken cancellationToken) =>
        new RolloutRun(Caller(plan.Region), plan, _time).ApplyAsync(progress, cancellationToken);

    private AwsCaller Caller(string region) => new(_client, _target with { Region = region });

    private async Task<IReadOnlyList<string>> RootsAsync(CancellationToken cancellationToken) =>
        [.. (await _aws.ListAsync("ListRoots", [], "Roots", cancellationToken, "organizations").ConfigureAwait(false)).Select(root => (string)root["Id"]!)];

    private async Task<bool> IsClosedAsync(CancellationToken cancellationToken) =>
        (string?)(await _aws.CallAsync("DescribeOrganizationsAccess", [], cancellationToken, RolloutRun.Service).ConfigureAwait(false))["Status"] != "ENABLED";

    private async Task<RoleSpec> WithPresentExternalIdAsync(RoleSpec role, PresentStackSet? present, CancellationToken cancellationToken)
    {
        if (role.ExternalId is null)
        {
            return role;
        }

        var state = present?.ExternalId is null ? await RoleState.ReadAsync(_aws, role.RoleName, cancellationToken).ConfigureAwait(false) : null;
        return role with { ExternalId = present?.ExternalId ?? (state is null ? null : PostureRole.From(state).ExternalId) ?? role.ExternalId };
    }

    /// <summary>The StackSet, which may be in another Region: a second one there would fail, because roles are the same in all Regions.</summary>
    private async Task<PresentStackSet?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(name, _target.Region, cancellationToken).ConfigureAwait(false) is { } here)
        {
            return here;
        }

        var regions = await RegionsAsync(cancellationToken).ConfigureAwait(false);
        var found = await Task.WhenAll(regions.Where(region => region != _target.Region).Select(region => TryDescribeAsync(name, region, cancellationToken))).ConfigureAwait(false);
        return found.FirstOrDefault(stackSet => stackSet is not null);
    }

    /// <summary>The Regions of the account; the partition's own where it may not be asked.</summary>
    private async Task<IEnumerable<string>> RegionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _aws.CallAsync("DescribeRegions", [], cancellationToken, "ec2").ConfigureAwait(false);
            return (answer["Regions"] as JsonArray ?? []).Select(region => (string)region!["RegionName"]!);
        }
        catch (AwsServiceException)
        {
            return Partition.Of(_target.Region).Regions;
        }
    }

    private async Task<PresentStackSet?> TryDescribeAsync(string name, string region, CancellationToken cancellationToken)
    {
        try
        {
            return await DescribeAsync(name, region, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException)
        {
            // A Region that the organization closed holds no StackSet that could be used.
            return null;
        }
    }

    private async Task<PresentStackSet?> DescribeAsync(string name, string region, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Caller(region).CallAsync("DescribeStackSet", new JsonObject { ["StackSetName"] = name }, cancellationToken, RolloutRun.Service).ConfigureAwait(false);
            return new PresentStackSet(answer["StackSet"]!, region);
        }
        catch (AwsServiceException problem) when (problem.Code is "StackSetNotFoundException" or "StackSetNotFound")
        {
            return null;
        }
    }

    /// <summary>The targets that the StackSet does not reach yet; all, where stacks failed and nothing else renews them.</summary>
    private async Task<IReadOnlyList<string>> DeploymentsAsync(RolloutPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Present is not { } present)
        {
            return plan.Targets;
        }

        var accounts = await AccountsAsync(plan, cancellationToken).ConfigureAwait(false);
        if (accounts.Count == 0 || (!plan.HasDrift && accounts.Any(account => !account.Succeeded && account.Status != RolloutRun.Suspended)))
        {
            return plan.Targets;
        }

        return present.Units.Any(unit => unit.StartsWith("r-", StringComparison.Ordinal)) ? [] : [.. plan.Targets.Except(present.Units)];
    }

    private static IEnumerable<string> Changes(RolloutPlan plan)
    {
        if (plan.NeedsTrustedAccess)
        {
            yield return "Allow CloudFormation to work in the organization's accounts";
        }

        if (!plan.Exists)
        {
            yield return $"Create the StackSet {plan.StackSetName} in {plan.Region}";
        }
        else if (plan.HasDrift)
        {
            yield return $"Update the StackSet {plan.StackSetName} in {plan.Region}: {string.Join(", ", plan.Differences)}";
        }

        if (plan.Deployments.Count > 0)
        {
            yield return $"Give the role {plan.Role.RoleName} to the accounts of {string.Join(", ", plan.Deployments)}";
        }
    }
}
