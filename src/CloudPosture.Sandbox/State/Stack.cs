using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>A CloudFormation stack: its whole story is written when it is created, and comes to light as time passes.</summary>
internal sealed class Stack(string name, string id, string? token, DateTimeOffset created)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly List<(DateTimeOffset Time, JsonObject Event)> _events = [];
    private readonly DateTimeOffset _created = created;
    private TimeSpan _elapsed;

    public string Name { get; } = name;

    public string Id { get; } = id;

    /// <summary>The client's token of the call that created it.</summary>
    public string? Token { get; } = token;

    public JsonArray Outputs { get; } = [];

    public void Add(string resource, string type, string physicalId, string status, string? reason = null)
    {
        var time = _created + _elapsed;
        var item = new JsonObject
        {
            ["StackId"] = Id,
            ["StackName"] = Name,
            ["EventId"] = Guid.NewGuid().ToString(),
            ["LogicalResourceId"] = resource,
            ["PhysicalResourceId"] = physicalId,
            ["ResourceType"] = type,
            ["Timestamp"] = WireTime.Text(time),
            ["ResourceStatus"] = status,
        };
        if (reason is not null)
        {
            item["ResourceStatusReason"] = reason;
        }

        _events.Add((time, item));
        _elapsed += Step;
    }

    public void Add(string status, string? reason = null) => Add(Name, "AWS::CloudFormation::Stack", Id, status, reason);

    /// <summary>The events so far, the newest first.</summary>
    public IReadOnlyList<JsonNode> Events(DateTimeOffset now) => [.. Visible(now).Reverse().Select(item => item.DeepClone())];

    public string Status(DateTimeOffset now) => (string)Visible(now).Last(item => (string?)item["PhysicalResourceId"] == Id)["ResourceStatus"]!;

    public JsonObject Describe(DateTimeOffset now)
    {
        var status = Status(now);
        var stack = new JsonObject { ["StackId"] = Id, ["StackName"] = Name, ["CreationTime"] = WireTime.Text(_created), ["StackStatus"] = status };
        if (status == "CREATE_COMPLETE")
        {
            stack["Outputs"] = Outputs.DeepClone();
        }

        return stack;
    }

    private IEnumerable<JsonObject> Visible(DateTimeOffset now) => _events.Where(item => item.Time <= now).Select(item => item.Event);
}
