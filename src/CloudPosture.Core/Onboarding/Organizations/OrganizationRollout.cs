using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>
/// Gives a role to the accounts of an organization through a service-managed CloudFormation StackSet, which also follows
/// accounts that join or leave. It leaves the management account out; <see cref="RoleManager"/> makes the role there.
/// </summary>
public sealed class OrganizationRollout
{
    private const string Service = "cloudformation";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly AwsCaller _aws;
    private readonly string _region;
    private readonly Func<TimeSpan, CancellationToken, Task> _pause;

    /// <summary>A rollout from an organization's management account.</summary>
    /// <param name="client">Sends the calls.</param>
    /// <param name="target">Whom they are signed as, and the Region where the stacks are.</param>
    /// <param name="pause">Waits; the clock's own where null.</param>
    public OrganizationRollout(AwsClient client, AwsTarget target, Func<TimeSpan, CancellationToken, Task>? pause = null)
    {
        _aws = new AwsCaller(client, target);
        _region = target.Region;
        _pause = pause ?? Task.Delay;
    }

    /// <summary>Finds out what a rollout takes.</summary>
    /// <param name="role">The role of each account.</param>
    /// <param name="targets">Organizational units and roots; none for the whole organization.</param>
    /// <param name="keepExternalId">True to keep the external ID of a StackSet that is there already, in place of the role's.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan; nothing is changed yet.</returns>
    /// <exception cref="RoleSpecException">The role or a target breaks a limit.</exception>
    /// <exception cref="AwsServiceException">AWS refused a reading call: these credentials may not be of the management account.</exception>
    public async Task<RolloutPlan> PlanAsync(RoleSpec role, IReadOnlyList<string> targets, bool keepExternalId, CancellationToken cancellationToken)
    {
        role.Validate();
        foreach (var target in targets)
        {
            AwsLimits.CheckTarget(target);
        }

        var reached = targets.Count > 0 ? targets : await RootsAsync(cancellationToken).ConfigureAwait(false);
        var name = CloudFormationTemplate.StackSetName(role);
        var present = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        var exists = present is not null;
        if (keepExternalId && ExternalIdOf(present) is { } externalId)
        {
            role = role with { ExternalId = externalId };
        }

        var access = await _aws.CallAsync("DescribeOrganizationsAccess", [], cancellationToken, Service).ConfigureAwait(false);
        var closed = (string?)access["Status"] != "ENABLED";
        return new RolloutPlan
        {
            Role = role,
            StackSetName = name,
            Targets = reached,
            Exists = exists,
            NeedsTrustedAccess = closed,
            Changes =
            [
                .. closed ? ["Allow CloudFormation to work in the organization's accounts"] : Array.Empty<string>(),
                $"{(exists ? "Update" : "Create")} the StackSet {name}",
                $"Give the role {role.RoleName} to the accounts of {string.Join(", ", reached)}",
            ],
        };
    }

    /// <summary>Carries a plan out and waits for its end.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops waiting; the rollout itself goes on in AWS.</param>
    /// <returns>What became of it in each account.</returns>
    /// <exception cref="AwsServiceException">AWS refused a call.</exception>
    public async Task<IReadOnlyList<AccountRollout>> ApplyAsync(RolloutPlan plan, IProgress<RolloutProgress>? progress, CancellationToken cancellationToken)
    {
        if (plan.NeedsTrustedAccess)
        {
            await _aws.CallAsync("ActivateOrganizationsAccess", [], cancellationToken, Service).ConfigureAwait(false);
        }

        if (plan.Exists)
        {
            var update = await _aws.CallAsync("UpdateStackSet", Settings(plan), cancellationToken, Service).ConfigureAwait(false);
            await FollowAsync(plan, (string)update["OperationId"]!, progress, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var settings = Settings(plan);
            settings["ManagedExecution"] = new JsonObject { ["Active"] = true };
            await _aws.CallAsync("CreateStackSet", settings, cancellationToken, Service).ConfigureAwait(false);
        }

        var instances = await _aws.CallAsync("CreateStackInstances", Named(plan, ("DeploymentTargets", Targets(plan)), ("Regions", new JsonArray(_region)), ("OperationPreferences", Preferences())), cancellationToken, Service).ConfigureAwait(false);
        await FollowAsync(plan, (string)instances["OperationId"]!, progress, cancellationToken).ConfigureAwait(false);
        return [.. (await InstancesAsync(plan, cancellationToken).ConfigureAwait(false)).Select(instance => Outcome(plan, instance))];
    }

    private async Task<IReadOnlyList<string>> RootsAsync(CancellationToken cancellationToken) =>
        [.. (await _aws.ListAsync("ListRoots", [], "Roots", cancellationToken, "organizations").ConfigureAwait(false)).Select(root => (string)root["Id"]!)];

    private async Task<JsonNode?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _aws.CallAsync("DescribeStackSet", new JsonObject { ["StackSetName"] = name }, cancellationToken, Service).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (problem.Code is "StackSetNotFoundException" or "StackSetNotFound")
        {
            return null;
        }
    }

    private static string? ExternalIdOf(JsonNode? stackSet) =>
        (string?)(stackSet?["StackSet"]?["Parameters"] as JsonArray)?
            .FirstOrDefault(parameter => (string?)parameter!["ParameterKey"] == CloudFormationTemplate.ExternalIdParameter)?["ParameterValue"];

    private async Task FollowAsync(RolloutPlan plan, string operation, IProgress<RolloutProgress>? progress, CancellationToken cancellationToken)
    {
        for (var wait = TimeSpan.FromSeconds(2); ; wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            var answer = await _aws.CallAsync("DescribeStackSetOperation", Named(plan, ("OperationId", operation)), cancellationToken, Service).ConfigureAwait(false);
            var status = (string)answer["StackSetOperation"]!["Status"]!;
            if (status is not ("RUNNING" or "QUEUED" or "STOPPING"))
            {
                return;
            }

            var instances = await InstancesAsync(plan, cancellationToken).ConfigureAwait(false);
            progress?.Report(new RolloutProgress(status, instances.Count(IsDone), instances.Count));
            await _pause(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<IReadOnlyList<JsonNode>> InstancesAsync(RolloutPlan plan, CancellationToken cancellationToken) =>
        _aws.ListAsync("ListStackInstances", Named(plan), "Summaries", cancellationToken, Service);

    private static AccountRollout Outcome(RolloutPlan plan, JsonNode instance)
    {
        var account = (string)instance["Account"]!;
        var status = DetailedStatus(instance);
        return new AccountRollout
        {
            AccountId = account,
            OrganizationalUnitId = (string?)instance["OrganizationalUnitId"],
            Succeeded = status == "SUCCEEDED" || (status is null && (string?)instance["Status"] == "CURRENT"),
            Status = status ?? (string?)instance["Status"] ?? "UNKNOWN",
            Reason = (string?)instance["StatusReason"],
            RoleArn = $"arn:{plan.Role.Partition}:iam::{account}:role{plan.Role.Path}{plan.Role.RoleName}",
            ExternalId = plan.Role.ExternalId,
        };
    }

    private static bool IsDone(JsonNode instance) => DetailedStatus(instance) is null or "SUCCEEDED" or "FAILED" or "CANCELLED" or "INOPERABLE" or "SKIPPED_SUSPENDED_ACCOUNT";

    private static string? DetailedStatus(JsonNode instance) => (string?)instance["StackInstanceStatus"]?["DetailedStatus"];

    private static JsonObject Settings(RolloutPlan plan)
    {
        var settings = Named(
            plan,
            ("TemplateBody", CloudFormationTemplate.Body(plan.Role)),
            ("PermissionModel", "SERVICE_MANAGED"),
            ("AutoDeployment", new JsonObject { ["Enabled"] = true, ["RetainStacksOnAccountRemoval"] = false }),
            ("Capabilities", new JsonArray("CAPABILITY_NAMED_IAM")));
        if (plan.Role.ExternalId is { } externalId)
        {
            settings["Parameters"] = new JsonArray(new JsonObject { ["ParameterKey"] = CloudFormationTemplate.ExternalIdParameter, ["ParameterValue"] = externalId });
        }

        return settings;
    }

    private static JsonObject Preferences() => new() { ["FailureTolerancePercentage"] = 100, ["MaxConcurrentPercentage"] = 100, ["RegionConcurrencyType"] = "PARALLEL" };

    private static JsonObject Targets(RolloutPlan plan) => new() { ["OrganizationalUnitIds"] = new JsonArray([.. plan.Targets.Select(target => (JsonNode)target)]) };

    private static JsonObject Named(RolloutPlan plan, params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["StackSetName"] = plan.StackSetName };
        foreach (var (name, value) in members)
        {
            input[name] = value;
        }

        return input;
    }
}
