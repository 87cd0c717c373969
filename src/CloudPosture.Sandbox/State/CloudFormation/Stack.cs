using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>A CloudFormation stack: the whole story of an operation is written when it begins, and comes to light as time passes.</summary>
internal sealed class Stack(string name, string id, string? token, DateTimeOffset created)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly List<(DateTimeOffset Time, JsonObject Event)> _events = [];
    private readonly DateTimeOffset _created = created;
    private DateTimeOffset? _updated;
    private DateTimeOffset _next = created;

    public string Name { get; } = name;

    public string Id { get; } = id;

    /// <summary>The client's token of the call that created it.</summary>
    public string? Token { get; } = token;

    /// <summary>The template's text.</summary>
    public string Template { get; set; } = "";

    /// <summary>The call that made it what it is: its parameters, capabilities, tags and description.</summary>
    public JsonObject Settings { get; set; } = [];

    public JsonArray Outputs { get; set; } = [];

    /// <summary>What it made, in the order it was made.</summary>
    public List<StackResource> Resources { get; } = [];

    /// <summary>Begins a further operation.</summary>
    public void Begin(DateTimeOffset now) => (_updated, _next) = (now, now);

    public void Add(string resource, string type, string physicalId, string status, string? reason = null)
    {
        var item = new JsonObject
        {
            ["StackId"] = Id,
            ["StackName"] = Name,
            ["EventId"] = Guid.NewGuid().ToString(),
            ["LogicalResourceId"] = resource,
            ["PhysicalResourceId"] = physicalId,
            ["ResourceType"] = type,
            ["Timestamp"] = WireTime.Text(_next),
            ["ResourceStatus"] = status,
        };
        if (reason is not null)
        {
            item["ResourceStatusReason"] = reason;
        }

        _events.Add((_next, item));
        _next += Step;
    }

    public void Add(string status, string? reason = null) => Add(Name, "AWS::CloudFormation::Stack", Id, status, reason);

    /// <summary>The events so far, the newest first.</summary>
    public IReadOnlyList<JsonNode> Events(DateTimeOffset now) => [.. Visible(now).Reverse().Select(item => item.DeepClone())];

    public string Status(DateTimeOffset now) => (string)Last(now)["ResourceStatus"]!;

    public JsonObject Describe(DateTimeOffset now)
    {
        var stack = Summarise(now);
        foreach (var member in (string[])["Description", "Parameters", "Capabilities", "Tags"])
        {
            if (Settings[member] is { } value)
            {
                stack[member] = value.DeepClone();
            }
        }

        if ((string)stack["StackStatus"]! is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE")
        {
            stack["Outputs"] = Outputs.DeepClone();
        }

        return stack;
    }

    /// <summary>What ListStacks tells.</summary>
    public JsonObject Summarise(DateTimeOffset now)
    {
        var last = Last(now);
        var stack = new JsonObject { ["StackId"] = Id, ["StackName"] = Name, ["CreationTime"] = WireTime.Text(_created), ["StackStatus"] = last["ResourceStatus"]!.DeepClone() };
        if (last["ResourceStatusReason"] is { } reason)
        {
            stack["StackStatusReason"] = reason.DeepClone();
        }

        if (_updated is { } updated)
        {
            stack[(string)last["ResourceStatus"]! == "DELETE_COMPLETE" ? "DeletionTime" : "LastUpdatedTime"] = WireTime.Text(updated);
        }

        return stack;
    }

    private JsonObject Last(DateTimeOffset now) => Visible(now).Last(item => (string?)item["PhysicalResourceId"] == Id);

    private IEnumerable<JsonObject> Visible(DateTimeOffset now) => _events.Where(item => item.Time <= now).Select(item => item.Event);
}
