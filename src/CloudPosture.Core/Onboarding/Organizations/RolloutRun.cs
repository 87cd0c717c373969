using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.Time;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>Carries a plan of a rollout out, once.</summary>
/// <param name="aws">Calls AWS in the StackSet's Region.</param>
/// <param name="plan">The plan.</param>
/// <param name="time">Passes while AWS works.</param>
internal sealed class RolloutRun(AwsCaller aws, RolloutPlan plan, TimeProvider time)
{
    public const string Service = "cloudformation";

    /// <summary>The status of an account that is closed and so cannot get the role.</summary>
    public const string Suspended = "SKIPPED_SUSPENDED_ACCOUNT";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly List<string> _made = [.. plan.Made];
    private IProgress<RolloutProgress>? _progress;

    public async Task<RolloutResult> ApplyAsync(IProgress<RolloutProgress>? progress, CancellationToken cancellationToken)
    {
        _progress = progress;
        try
        {
            if (plan.NeedsTrustedAccess)
            {
                await SendAsync("ActivateOrganizationsAccess", [], cancellationToken).ConfigureAwait(false);
                Made("CloudFormation's access to the organization's accounts");
            }

            var failed = plan.Exists ? await UpdateAsync(cancellationToken).ConfigureAwait(false) : await CreateAsync(cancellationToken).ConfigureAwait(false);
            failed ??= await DeployAsync(cancellationToken).ConfigureAwait(false);
            var accounts = await AccountsAsync(plan.Role.ExternalId, cancellationToken).ConfigureAwait(false);
            return failed is null ? new RolloutResult(accounts, null) : await FailedAsync(failed, accounts, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem)
        {
            throw new RolloutException($"Rolling out the role {plan.Role.RoleName} failed: {problem.Message}", _made, problem);
        }
    }

    /// <summary>What became of the role in each account that the StackSet knows.</summary>
    public async Task<IReadOnlyList<AccountRollout>> AccountsAsync(string? externalId, CancellationToken cancellationToken) =>
        [.. (await InstancesAsync(cancellationToken).ConfigureAwait(false)).Select(instance => Outcome(instance, DetailedStatus(instance), externalId))];

    private async Task<StackSetOperation?> CreateAsync(CancellationToken cancellationToken)
    {
        await SendAsync("CreateStackSet", Settings(), cancellationToken).ConfigureAwait(false);
        Made($"the StackSet {plan.StackSetName} in {plan.Region}");
        return null;
    }

    /// <summary>Brings the StackSet to what is wanted. One that reaches more units than an operation may is renewed in parts.</summary>
    private async Task<StackSetOperation?> UpdateAsync(CancellationToken cancellationToken)
    {
        if (!plan.HasDrift)
        {
            return null;
        }

        IReadOnlyList<string> units = plan.Present!.Units;
        foreach (var part in units.Count > AwsLimits.MostUnits ? Parts(units) : [[]])
        {
            var settings = Settings();
            settings["OperationPreferences"] = Preferences();
            if (part.Count > 0)
            {
                settings.Remove("AutoDeployment");
                settings["DeploymentTargets"] = Targets(part);
                settings["Regions"] = new JsonArray(plan.Region);
            }

            var begun = await SendAsync("UpdateStackSet", settings, cancellationToken).ConfigureAwait(false);
            Made($"the new settings of the StackSet {plan.StackSetName} in {plan.Region}");
            if (await FollowAsync((string)begun["OperationId"]!, cancellationToken).ConfigureAwait(false) is { } failed)
            {
                return failed;
            }
        }

        return null;
    }

    private async Task<StackSetOperation?> DeployAsync(CancellationToken cancellationToken)
    {
        foreach (var part in Parts(plan.Deployments))
        {
            var input = Named(("DeploymentTargets", Targets(part)), ("Regions", new JsonArray(plan.Region)), ("OperationPreferences", Preferences()));
            var begun = await SendAsync("CreateStackInstances", input, cancellationToken).ConfigureAwait(false);
            if (await FollowAsync((string)begun["OperationId"]!, cancellationToken).ConfigureAwait(false) is { } failed)
            {
                return failed;
            }

            Made($"the role in the accounts of {string.Join(", ", part)}");
        }

        return null;
    }

    /// <summary>Waits for an operation's end; the operation where it failed, or null.</summary>
    private async Task<StackSetOperation?> FollowAsync(string id, CancellationToken cancellationToken)
    {
        for (var wait = TimeSpan.FromSeconds(2); ; wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            var answer = await SendAsync("DescribeStackSetOperation", Named(("OperationId", id)), cancellationToken).ConfigureAwait(false);
            var operation = answer["StackSetOperation"]!;
            var status = (string)operation["Status"]!;
            if (status is not ("RUNNING" or "QUEUED" or "STOPPING"))
            {
                return status == "SUCCEEDED" ? null : new StackSetOperation(id, (string?)operation["Action"] ?? "", status, (string?)operation["StatusReason"]);
            }

            var instances = await InstancesAsync(cancellationToken).ConfigureAwait(false);
            _progress?.Report(new RolloutProgress(status, instances.Count(IsDone), instances.Count));
            await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds the accounts that only the failed operation knows, and says what failed.</summary>
    private async Task<RolloutResult> FailedAsync(StackSetOperation failed, IReadOnlyList<AccountRollout> accounts, CancellationToken cancellationToken)
    {
        var results = await aws.ListAsync("ListStackSetOperationResults", Named(("OperationId", failed.Id)), "Summaries", cancellationToken, Service).ConfigureAwait(false);
        var known = new HashSet<string>(accounts.Select(account => account.AccountId));
        var others = results.Where(result => !known.Contains((string)result["Account"]!)).Select(result => Outcome(result, (string?)result["Status"], plan.Role.ExternalId));
        var problem = $"The {failed.Action} operation of the StackSet {plan.StackSetName} in {plan.Region} ended as {failed.Status}: {failed.Reason?.TrimEnd('.') ?? "AWS gives no reason"}.";
        return new RolloutResult([.. accounts, .. others], new RolloutException(problem, _made));
    }

    private Task<IReadOnlyList<JsonNode>> InstancesAsync(CancellationToken cancellationToken) =>
        aws.ListAsync("ListStackInstances", Named(), "Summaries", cancellationToken, Service);

    private Task<JsonNode> SendAsync(string operation, JsonObject input, CancellationToken cancellationToken) => aws.CallAsync(operation, input, cancellationToken, Service);

    private void Made(string what)
    {
        if (!_made.Contains(what))
        {
            _made.Add(what);
        }
    }

    private AccountRollout Outcome(JsonNode instance, string? status, string? externalId)
    {
        var account = (string)instance["Account"]!;
        return new AccountRollout
        {
            AccountId = account,
            OrganizationalUnitId = (string?)instance["OrganizationalUnitId"],
            Succeeded = status == "SUCCEEDED" || (status is null && (string?)instance["Status"] == "CURRENT"),
            Status = status ?? (string?)instance["Status"] ?? "UNKNOWN",
            Reason = (string?)instance["StatusReason"],
            RoleArn = $"arn:{plan.Role.Partition}:iam::{account}:role{plan.Role.Path}{plan.Role.RoleName}",
            ExternalId = externalId,
        };
    }

    private static bool IsDone(JsonNode instance) => DetailedStatus(instance) is null or "SUCCEEDED" or "FAILED" or "CANCELLED" or "INOPERABLE" or Suspended;

    private static string? DetailedStatus(JsonNode instance) => (string?)instance["StackInstanceStatus"]?["DetailedStatus"];

    private JsonObject Settings()
    {
        var settings = Named(
            ("TemplateBody", CloudFormationTemplate.Body(plan.Template)),
            ("PermissionModel", "SERVICE_MANAGED"),
            ("AutoDeployment", new JsonObject { ["Enabled"] = true, ["RetainStacksOnAccountRemoval"] = false }),
            ("Capabilities", new JsonArray("CAPABILITY_NAMED_IAM")),
            ("ManagedExecution", new JsonObject { ["Active"] = true }));
        if (plan.Role.ExternalId is { } externalId)
        {
            settings["Parameters"] = new JsonArray(new JsonObject { ["ParameterKey"] = CloudFormationTemplate.ExternalIdParameter, ["ParameterValue"] = externalId });
        }

        return settings;
    }

    /// <summary>One account that fails must not keep the others from their role. AWS goes through one at a time and stops at the first failure otherwise.</summary>
    private static JsonObject Preferences() => new() { ["FailureTolerancePercentage"] = 100, ["MaxConcurrentPercentage"] = 100, ["RegionConcurrencyType"] = "PARALLEL" };

    private static JsonObject Targets(IEnumerable<string> targets) => new() { ["OrganizationalUnitIds"] = new JsonArray([.. targets.Select(target => (JsonNode)target)]) };

    private static IEnumerable<List<string>> Parts(IReadOnlyList<string> targets) =>
        Enumerable.Range(0, (targets.Count + AwsLimits.MostUnits - 1) / AwsLimits.MostUnits)
            .Select(part => targets.Skip(part * AwsLimits.MostUnits).Take(AwsLimits.MostUnits).ToList());

    private JsonObject Named(params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["StackSetName"] = plan.StackSetName };
        foreach (var (name, value) in members)
        {
            input[name] = value;
        }

        return input;
    }

    /// <summary>An operation that did not end well.</summary>
    private sealed record StackSetOperation(string Id, string Action, string Status, string? Reason);
}
