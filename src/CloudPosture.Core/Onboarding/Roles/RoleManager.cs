using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>
/// Creates, reads, repairs and removes roles through IAM. Every change is planned first, without a writing call, and then
/// applied; when one fails, those before it are taken back.
/// </summary>
public sealed class RoleManager
{
    private readonly AwsCaller _iam;
    private readonly TimeProvider _time;

    /// <summary>A manager of the roles of one account.</summary>
    /// <param name="client">Sends the calls.</param>
    /// <param name="target">Whom they are signed as.</param>
    /// <param name="time">The time; null for the machine's.</param>
    public RoleManager(AwsClient client, AwsTarget target, TimeProvider? time = null)
    {
        _iam = new AwsCaller(client, target);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Told at the beginning, before each further attempt and at the end of waiting for IAM; may be null.</summary>
    public IProgress<RoleWait>? Waiting { get; init; }

    private RolePatience Patience => new(_time) { Waiting = Waiting };

    private RoleChanger Changer => new(_iam, Patience);

    /// <summary>Finds out what it takes to make a role as it is to be.</summary>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The changes; nothing is changed yet.</returns>
    /// <exception cref="RoleSpecException">The role breaks a limit, or is for another account than the credentials are of.</exception>
    /// <exception cref="AwsServiceException">AWS refused a reading call.</exception>
    public async Task<RolePlan> PlanAsync(RoleSpec role, CancellationToken cancellationToken)
    {
        role.Validate();
        var caller = await CallerAsync(cancellationToken).ConfigureAwait(false);
        var account = (string)caller["Account"]!;
        AwsLimits.Require(role.AccountId is null || role.AccountId == account, $"These credentials are of account {account}, and the role is for {role.AccountId}.");
        var here = role.In(PartitionPattern.Of((string)caller["Arn"]!)!) with { AccountId = account };
        return await RolePlanner.PlanAsync(_iam, here.Validate(), account, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the changes of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="applied">Told of each change once it is made; may be null.</param>
    /// <param name="cancellationToken">Cancels before the next change; what was done is taken back.</param>
    /// <returns>The role as it is then.</returns>
    /// <exception cref="RoleChangeException">A change failed; the message tells what remains of the others.</exception>
    public async Task<PostureRole> ApplyAsync(RolePlan plan, IProgress<RoleChange>? applied, CancellationToken cancellationToken)
    {
        await Changer.ApplyAsync(plan.Changes, applied, cancellationToken).ConfigureAwait(false);
        return (await MadeAsync(plan.Role.RoleName, cancellationToken).ConfigureAwait(false) ?? Expected(plan)) with
        {
            Outcome = plan.Changes.Count == 0 ? RoleOutcome.Unchanged : plan.Exists ? RoleOutcome.Repaired : RoleOutcome.Created,
            Changes = [.. plan.Changes.Select(change => change.Action)],
        };
    }

    /// <summary>Reads a role.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The role; null where there is none.</returns>
    public async Task<PostureRole?> GetAsync(string name, CancellationToken cancellationToken) =>
        await RoleState.ReadAsync(_iam, name, cancellationToken).ConfigureAwait(false) is { } state ? PostureRole.From(state) : null;

    /// <summary>The names of all roles of the account.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The names, in AWS's order.</returns>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        [.. (await _iam.ListAsync("ListRoles", [], "Roles", cancellationToken).ConfigureAwait(false)).Select(role => (string)role["RoleName"]!)];

    /// <summary>Every policy of a role, the attached and its own, for a linter.</summary>
    /// <param name="name">The role's name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The policies; those of AWS under their ARN. Null where there is no such role.</returns>
    public async Task<IReadOnlyList<NamedPolicy>?> PoliciesAsync(string name, CancellationToken cancellationToken)
    {
        if (await RoleState.ReadAsync(_iam, name, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return null;
        }

        var policies = state.InlinePolicies.Select(policy => new NamedPolicy(policy.Key, policy.Value!.ToJsonString())).ToList();
        foreach (var arn in state.AttachedArns)
        {
            var policy = await _iam.CallAsync("GetPolicy", new JsonObject { ["PolicyArn"] = arn }, cancellationToken).ConfigureAwait(false);
            var version = await _iam.CallAsync("GetPolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = (string)policy["Policy"]!["DefaultVersionId"]! }, cancellationToken).ConfigureAwait(false);
            policies.Add(new NamedPolicy(arn, version["PolicyVersion"]!["Document"]!.ToJsonString()));
        }

        return policies;
    }

    /// <summary>Finds out what it takes to remove a role.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="keepPolicies">True to leave the policies that were made for the role.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The changes; null where there is no such role.</returns>
    /// <exception cref="RoleNotRemovableException">IAM would refuse to delete the role.</exception>
    public async Task<IReadOnlyList<RoleChange>?> PlanRemovalAsync(string name, bool keepPolicies, CancellationToken cancellationToken)
    {
        if (await RoleState.ReadAsync(_iam, name, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return null;
        }

        return await RoleRemoval.PlanAsync(_iam, state, keepPolicies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the changes of a removal.</summary>
    /// <param name="changes">What <see cref="PlanRemovalAsync"/> gave.</param>
    /// <param name="applied">Told of each change once it is made; may be null.</param>
    /// <param name="cancellationToken">Cancels before the next change; what was done is taken back.</param>
    /// <returns>When it is removed.</returns>
    /// <exception cref="RoleChangeException">A change failed; the message tells what remains of the others.</exception>
    public Task RemoveAsync(IReadOnlyList<RoleChange> changes, IProgress<RoleChange>? applied, CancellationToken cancellationToken) =>
        Changer.ApplyAsync(changes, applied, cancellationToken);

    /// <summary>Refuses a trust that names a role of this account which is not there: IAM would, after minutes in which it could be new.</summary>
    /// <param name="role">The role whose trust it is.</param>
    /// <param name="accountId">The account that the credentials are of.</param>
    /// <param name="coming">The name of a role that is made first; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>When every such role was found.</returns>
    /// <exception cref="RoleSpecException">One is not there; the message says how to make it.</exception>
    public async Task DemandPrincipalsAsync(RoleSpec role, string accountId, string? coming, CancellationToken cancellationToken)
    {
        foreach (var arn in role.TrustedPrincipals.Where(principal => principal.AccountId == accountId && principal.Value.Contains(":role/")).Select(principal => principal.Value))
        {
            var name = arn.Substring(arn.LastIndexOf('/') + 1);
            var isThere = name == coming || await _iam.FindAsync("GetRole", new JsonObject { ["RoleName"] = name }, cancellationToken).ConfigureAwait(false) is not null;
            AwsLimits.Require(isThere, $"The role {role.RoleName} trusts {arn}, which is not there, and IAM refuses that. Make it first, in account {accountId}.", new Advice("Make the hub's role first.", "HubRoleMissing", accountId));
        }
    }

    /// <summary>Waits, for at most two minutes, until the role can be assumed, where the caller is one of those it trusts.</summary>
    /// <param name="role">The role as it was planned.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it could be assumed; null where the caller is not trusted and so cannot tell.</returns>
    public async Task<bool?> WaitUntilAssumableAsync(RolePlan role, CancellationToken cancellationToken)
    {
        var caller = (string)(await CallerAsync(cancellationToken).ConfigureAwait(false))["Arn"]!;
        if (!role.Role.TrustedPrincipals.Any(principal => Includes(principal, caller)))
        {
            return null;
        }

        var input = new JsonObject { ["RoleArn"] = role.RoleArn, ["RoleSessionName"] = "CloudPosture-check", ["DurationSeconds"] = 900 };
        if (role.Role.ExternalId is { } externalId)
        {
            input["ExternalId"] = externalId;
        }

        var wait = new RoleWait($"STS does not let the role {role.RoleArn} be assumed yet.", TimeSpan.Zero, RolePatience.Longest, IsOver: false, MayBeMistaken: false);
        return await Patience.TryAsync(
            () => _iam.CallAsync("AssumeRole", input, cancellationToken, "sts"),
            problem => Task.FromResult(problem.Kind == AwsErrorKind.AccessDenied ? wait : null),
            cancellationToken).ConfigureAwait(false) is null;
    }

    /// <summary>The role after its changes; null where IAM does not show it everywhere yet.</summary>
    private async Task<PostureRole?> MadeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (problem.Code == AwsCaller.Missing)
        {
            return null;
        }
    }

    private static bool Includes(TrustedPrincipal principal, string caller)
    {
        var parts = caller.Split(':');
        if (principal.AccountId != parts[4])
        {
            return false;
        }

        // A session's ARN names its role without the path: arn:aws:sts::111122223333:assumed-role/NAME/SESSION.
        var name = parts[5].Split('/');
        return principal.IsAccount || principal.Value == caller
            || principal.Value.EndsWith(":root", StringComparison.Ordinal)
            || (name[0] == "assumed-role" && principal.Value.Contains(":role/") && principal.Value.EndsWith("/" + name[1], StringComparison.Ordinal));
    }

    private Task<JsonNode> CallerAsync(CancellationToken cancellationToken) => _iam.CallAsync("GetCallerIdentity", [], cancellationToken, "sts");

    private static PostureRole Expected(RolePlan plan) => new()
    {
        RoleName = plan.Role.RoleName,
        RoleArn = plan.RoleArn,
        AccountId = plan.AccountId,
        ExternalId = plan.Role.ExternalId,
        TrustedPrincipals = [.. plan.Role.TrustedPrincipals.Select(principal => principal.ToPrincipal(plan.Role.Partition))],
        MaxSessionDuration = plan.Role.MaxSessionDuration,
    };
}
