using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>An operation of a StackSet: what became of each account and Region is known at once, and told when its time is over.</summary>
/// <param name="id">Its id.</param>
/// <param name="action">CREATE, UPDATE or DELETE.</param>
/// <param name="tolerance">How many percent of the accounts may fail.</param>
/// <param name="created">When it began.</param>
internal sealed class StackSetOperation(string id, string action, int tolerance, DateTimeOffset created)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public string Id { get; } = id;

    /// <summary>The reason of each account's and Region's failure; null where it went well.</summary>
    public Dictionary<StackSetInstance, string?> Results { get; } = [];

    public bool HasFailed => Failures * 100 > tolerance * Results.Count;

    private int Failures => Results.Values.Count(reason => reason is not null);

    public bool IsOver(DateTimeOffset now) => now >= created + Duration;

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
            ["Status"] = !IsOver(now) ? "RUNNING" : result.Value is null ? "SUCCEEDED" : "FAILED",
        };
        if (IsOver(now) && result.Value is { } reason)
        {
            summary["StatusReason"] = reason;
        }

        return summary;
    })];
}
