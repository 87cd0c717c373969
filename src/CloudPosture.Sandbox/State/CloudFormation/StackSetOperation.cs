using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>An operation of a StackSet: what became of each account and Region is known at once, and told when its time is over.</summary>
/// <param name="id">Its id.</param>
/// <param name="action">CREATE, UPDATE or DELETE.</param>
/// <param name="preferences">How many accounts may fail, none where that is not said; it stops at the next.</param>
/// <param name="commanded">Why it fails as a whole; null where nobody commanded that.</param>
/// <param name="created">When it began.</param>
internal sealed class StackSetOperation(string id, string action, JsonObject? preferences, string? commanded, DateTimeOffset created)
{
    private const string Cancelled = "Cancelled since failure tolerance has exceeded";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public string Id { get; } = id;

    /// <summary>The reason of each account's and Region's failure; null where it went well.</summary>
    public Dictionary<StackSetInstance, string?> Results { get; } = [];

    public bool HasFailed => Reason is not null;

    /// <summary>Why it failed as a whole; null where it did not.</summary>
    public string? Reason { get; private set; } = commanded;

    private int Failures => Results.Values.Count(reason => reason is not null && reason != Cancelled);

    /// <summary>Works through accounts and Regions, one after the other, until more have failed than may.</summary>
    /// <param name="instances">All of them.</param>
    /// <param name="deploy">Makes or renews the stack of one; the reason of its failure, or null.</param>
    public void Run(IReadOnlyCollection<StackSetInstance> instances, Func<StackSetInstance, string?> deploy)
    {
        var isCommanded = HasFailed;
        var tolerated = preferences?["FailureToleranceCount"] is { } count ? Number(count) : Number(preferences?["FailureTolerancePercentage"]) * instances.Count / 100;
        foreach (var instance in instances)
        {
            Results[instance] = HasFailed ? Cancelled : deploy(instance);
            instance.Operation = this;
            if (!isCommanded && Failures > tolerated)
            {
                Reason ??= $"The operation failed in more accounts than its failure tolerance of {tolerated}: {Results[instance]}";
            }
        }
    }

    public bool IsOver(DateTimeOffset now) => now >= created + Duration;

    /// <summary>What became of one account and Region.</summary>
    public string StatusOf(StackSetInstance instance, DateTimeOffset now) =>
        !IsOver(now) ? "RUNNING" : Results.GetValueOrDefault(instance) switch { null => "SUCCEEDED", Cancelled => "CANCELLED", _ => "FAILED" };

    public JsonObject Describe(string setId, DateTimeOffset now)
    {
        var operation = new JsonObject
        {
            ["OperationId"] = Id,
            ["StackSetId"] = setId,
            ["Action"] = action,
            ["Status"] = !IsOver(now) ? "RUNNING" : HasFailed ? "FAILED" : "SUCCEEDED",
            ["CreationTimestamp"] = WireTime.Text(created),
        };
        if (IsOver(now))
        {
            operation["EndTimestamp"] = WireTime.Text(created + Duration);
            operation["StatusDetails"] = new JsonObject { ["FailedStackInstancesCount"] = Failures };
            if (Reason is not null)
            {
                operation["StatusReason"] = Reason;
            }
        }

        return operation;
    }

    public IReadOnlyList<JsonNode> Summaries(DateTimeOffset now) => [.. Results.Select(result =>
    {
        var summary = new JsonObject
        {
            ["Account"] = result.Key.Account.Id,
            ["Region"] = result.Key.Region,
            ["OrganizationalUnitId"] = result.Key.UnitId,
            ["Status"] = StatusOf(result.Key, now),
        };
        if (IsOver(now) && result.Value is { } reason)
        {
            summary["StatusReason"] = reason;
        }

        return summary;
    })];

    private static int Number(JsonNode? number) => int.Parse(number?.ToString() ?? "0", CultureInfo.InvariantCulture);
}
