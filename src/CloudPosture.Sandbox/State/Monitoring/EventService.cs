using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Rules;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>
/// CloudTrail's event history. Accounts of odd numbers have principals who did what the rules about events look for, half of it in each of
/// several Regions; all have some who did nearly that, or did it long ago. Each event holds what nobody may keep, marked with <see cref="Secret"/>.
/// </summary>
internal static class EventService
{
    /// <summary>What every text begins with that must not leave an event.</summary>
    public const string Secret = "event-secret";

    private const int Crowd = 120;

    public static void Register(HandlerTable table) => table["cloudtrail", "LookupEvents"] = Lookup;

    private static Answer Lookup(CallContext call)
    {
        if (call.Input["LookupAttributes"] is not JsonArray { Count: 1 } attributes || (string?)attributes[0]!["AttributeKey"] != "EventName")
        {
            throw new AwsError("InvalidLookupAttributesException", "The sandbox looks events up by one EventName alone.");
        }

        var (since, until) = (Time(call, "StartTime"), Time(call, "EndTime"));
        if (since > until)
        {
            throw new AwsError("InvalidTimeRangeException", "The start time is after the end time.");
        }

        var name = (string)attributes[0]!["AttributeValue"]!;
        return Answer.Of("Events", [.. EventsOf(call.Cell, name)
            .Select(one => (one.Arn, one.Type, Time: WireTime.Parse(call.World.Now).AddHours(-one.HoursAgo)))
            .Where(one => one.Time >= since && one.Time <= until)
            .OrderByDescending(one => one.Time)
            .Select((one, index) => Event(call.Cell, name, index, one.Arn, one.Type, one.Time))]);
    }

    private static DateTimeOffset Time(CallContext call, string member) => WireTime.Parse(WireTime.FromWire(call.Need(member)));

    /// <summary>Who caused an event of a name in a Region, and when.</summary>
    private static IEnumerable<(string? Arn, string Type, double HoursAgo)> EventsOf(Cell cell, string name)
    {
        foreach (var (arn, type, rule, count, hours) in Doings(cell))
        {
            var table = Table(cell, rule) ?? ([], 0);
            var index = Array.IndexOf(table.Events, name);
            if (index >= 0 && index < count(table) && index % cell.Organization.Regions.Count == cell.RegionIndex)
            {
                yield return (arn, type, hours);
            }
        }

        if (name == "DescribeInstances")
        {
            foreach (var index in Enumerable.Range(0, Crowd))
            {
                yield return (Session(cell, "app", "i-0123456789abcdef0"), "AssumedRole", 1 + index / 60.0);
            }

            yield return (null, "AWSService", 3);
        }
    }

    private static IEnumerable<(string Arn, string Type, string Rule, Func<(string[] Events, int Names), int> Count, double HoursAgo)> Doings(Cell cell)
    {
        const string Looking = "CloudTrail.EnumerationActivity";
        yield return cell.Account.IsManagement
            ? (User(cell, SandboxOrganization.OperatorUser), "IAMUser", Looking, table => table.Events.Length, 2)
            : (Session(cell, SandboxOrganization.ReaderRole, "CloudPosture"), "AssumedRole", Looking, table => table.Events.Length, 2);
        yield return (User(cell, "clerk"), "IAMUser", Looking, table => table.Names - 1, 4);
        yield return (User(cell, "former"), "IAMUser", Looking, table => table.Names, 30);
        if (cell.Organization.HasFaults && cell.Account.Index % 2 == 1)
        {
            yield return (User(cell, "scout"), "IAMUser", Looking, table => table.Names, 5);
            yield return (Session(cell, "deploy", "build"), "AssumedRole", "CloudTrail.EscalationActivity", table => table.Names, 6);
            yield return (User(cell, "miner"), "IAMUser", "CloudTrail.LlmJackingActivity", table => table.Names, 7);
        }
    }

    /// <summary>The events that a rule counts, and how many are too many.</summary>
    private static (string[] Events, int Names)? Table(Cell cell, string rule) =>
        cell.Organization.Types.Rules.Find(rule) is { } found && Setting(found, "events") is { } events && Setting(found, "names") is [var names]
            ? ([.. events], int.Parse(names, System.Globalization.CultureInfo.InvariantCulture))
            : null;

    private static IReadOnlyList<string>? Setting(Rule rule, string name) => rule.Settings.FirstOrDefault(setting => setting.Name == name)?.Value;

    private static string User(Cell cell, string name) => $"arn:aws:iam::{cell.AccountId}:user/{name}";

    private static string Session(Cell cell, string role, string session) => $"arn:aws:sts::{cell.AccountId}:assumed-role/{role}/{session}";

    private static JsonObject Event(Cell cell, string name, int index, string? arn, string type, DateTimeOffset time)
    {
        var id = cell.Uuid("event-" + name, index);
        return new JsonObject
        {
            ["EventId"] = id,
            ["EventName"] = name,
            ["ReadOnly"] = "true",
            ["AccessKeyId"] = $"{Secret}-key",
            ["EventTime"] = WireTime.Text(time),
            ["EventSource"] = $"{Secret}.amazonaws.com",
            ["Username"] = $"{Secret}-user",
            ["Resources"] = Json.List(new JsonObject { ["ResourceType"] = "AWS::S3::Bucket", ["ResourceName"] = $"{Secret}-resource" }),
            ["CloudTrailEvent"] = Record(cell, name, id, arn, type, time).ToJsonString(),
        };
    }

    private static JsonObject Record(Cell cell, string name, string id, string? arn, string type, DateTimeOffset time) => new()
    {
        ["eventVersion"] = "1.11",
        ["userIdentity"] = Identity(cell, arn, type),
        ["eventTime"] = WireTime.Text(time),
        ["eventSource"] = $"{Secret}.amazonaws.com",
        ["eventName"] = name,
        ["awsRegion"] = cell.Region,
        ["sourceIPAddress"] = $"{Secret}-address",
        ["userAgent"] = $"{Secret}-agent",
        ["requestParameters"] = new JsonObject { ["password"] = $"{Secret}-request" },
        ["responseElements"] = new JsonObject { ["token"] = $"{Secret}-response" },
        ["eventID"] = id,
        ["recipientAccountId"] = cell.AccountId,
    };

    private static JsonObject Identity(Cell cell, string? arn, string type)
    {
        if (arn is null)
        {
            return new JsonObject { ["type"] = type, ["invokedBy"] = $"{Secret}.amazonaws.com" };
        }

        var identity = new JsonObject { ["type"] = type, ["principalId"] = $"{Secret}-principal", ["arn"] = arn, ["accountId"] = cell.AccountId, ["accessKeyId"] = $"{Secret}-key" };
        if (type == "AssumedRole")
        {
            identity["sessionContext"] = new JsonObject
            {
                ["sessionIssuer"] = new JsonObject { ["type"] = "Role", ["arn"] = $"arn:aws:iam::{cell.AccountId}:role/{arn.Split('/')[1]}", ["userName"] = $"{Secret}-role" },
                ["attributes"] = new JsonObject { ["mfaAuthenticated"] = "false", ["creationDate"] = cell.DaysAgo(1) },
            };
        }

        return identity;
    }
}
