using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>
/// CloudTrail, and how its log is watched: log groups, metric filters and alarms in the home Region. A trail of all Regions shows in each
/// of them, and filters, alarms, topics and buckets name one another over five services, which no record of one type can say.
/// </summary>
internal static class TrailService
{
    private const string LogGroup = "cloudtrail/audit";
    private const string MetricNamespace = "CloudTrail";

    /// <summary>Trails besides the account's main one, each in a single Region.</summary>
    private static readonly ResourceType Extra = new("trail")
    {
        Id = (cell, index) => $"team-{cell.Region}-{index}",
        Good = (cell, index) => Trail(cell, $"team-{cell.Region}-{index}", isMain: false),
        Variants =
        [
            Variant.Fault("CloudTrail.LogFileValidation", (trail, _, _) => trail["LogFileValidationEnabled"] = false),
            Variant.Fault("CloudTrail.KmsEncryption", (trail, _, _) => trail.Remove("KmsKeyId")),
            Variant.Fault("CloudTrail.BucketAccessLogging", (trail, cell, _) => trail["S3BucketName"] = S3Service.UnloggedBucket(Global(cell))),
            Variant.Trap((_, _, _) => { }),
        ],
    };


    public static IReadOnlyList<ResourceType> Types { get; } = [Extra];

    public static void Register(HandlerTable table)
    {
        table["cloudtrail", "DescribeTrails"] = call => new JsonObject { ["trailList"] = Json.List(Trails(call)) };
        table["cloudtrail", "GetTrailStatus"] = Status;
        table["cloudtrail", "GetEventSelectors"] = EventSelectors;
        table["logs", "DescribeLogGroups"] = call => Answer.Of("logGroups", LogGroups(call.Cell));
        table["logs", "DescribeMetricFilters"] = call => Answer.Of("metricFilters", MetricFilters(call.Cell));
        table["cloudwatch", "DescribeAlarms"] = call => new Answer { Body = new JsonObject { ["CompositeAlarms"] = new JsonArray() }, Lists = [("MetricAlarms", Alarms(call.Cell))] };
    }

    private static Cell Global(Cell cell) => cell.InRegion(-1);

    private static string ArnOf(Cell cell, string name) => cell.Arn("cloudtrail", "trail/" + name);

    private static IEnumerable<JsonNode> Trails(CallContext call)
    {
        var isWithShadows = call.Text("includeShadowTrails") != "false";
        if (call.Cell.IsHome || (isWithShadows && !Global(call.Cell).Fails("CloudTrail.MultiRegion")))
        {
            yield return Trail(call.Cell.InRegion(0), "audit", isMain: true);
        }

        foreach (var trail in Extra.All(call.Cell))
        {
            yield return trail;
        }
    }

    private static JsonObject Trail(Cell cell, string name, bool isMain)
    {
        var isMultiRegion = isMain && !(Global(cell).Fails("CloudTrail.MultiRegion") && IsSingleRegion(cell));
        var trail = new JsonObject
        {
            ["Name"] = name,
            ["S3BucketName"] = S3Service.TrailBucket(Global(cell)),
            ["IncludeGlobalServiceEvents"] = isMain,
            ["IsMultiRegionTrail"] = isMultiRegion,
            ["HomeRegion"] = cell.Region,
            ["TrailARN"] = ArnOf(cell, name),
            ["LogFileValidationEnabled"] = true,
            ["KmsKeyId"] = cell.Arn("kms", "key/" + cell.Uuid("trail-key", 0)),
            ["HasCustomEventSelectors"] = isMain,
            ["HasInsightSelectors"] = false,
            ["IsOrganizationTrail"] = false,
        };
        if (isMain)
        {
            trail["CloudWatchLogsLogGroupArn"] = cell.Arn("logs", $"log-group:{LogGroup}:*");
            trail["CloudWatchLogsRoleArn"] = IamRoles.Arn(cell, "config-recorder");
        }

        return trail;
    }

    /// <summary>A missing trail over all Regions is either one of a single Region, or one that is switched off.</summary>
    private static bool IsSingleRegion(Cell cell) => Mix.Hash(0, cell.AccountId) % 2 == 0;

    private static Cell HomeOf(CallContext call, string member)
    {
        var trail = call.Need(member);
        var region = trail.StartsWith("arn:", StringComparison.Ordinal) ? trail.Split(':')[3] : call.Cell.Region;
        var name = trail[(trail.LastIndexOf('/') + 1)..];
        var home = call.Organization.CellOf(call.Cell.AccountId, region);
        return home is not null && (name == "audit" ? home.IsHome : Enumerable.Range(0, Extra.Count(home)).Any(index => Extra.Id(home, index) == name))
            ? home
            : throw new AwsError("TrailNotFoundException", $"Unknown trail: {trail} for the user: {call.Cell.AccountId}");
    }

    private static bool IsMain(string trail) => trail == "audit" || trail.EndsWith("/audit", StringComparison.Ordinal);

    private static Answer Status(CallContext call)
    {
        var home = HomeOf(call, "Name");
        var isOff = IsMain(call.Need("Name")) && Global(home).Fails("CloudTrail.MultiRegion") && !IsSingleRegion(home);
        return new JsonObject
        {
            ["IsLogging"] = !isOff,
            ["LatestDeliveryTime"] = home.DaysAgo(isOff ? 40 : 0.01),
            ["StartLoggingTime"] = home.DaysAgo(700),
            ["LatestDeliveryAttemptTime"] = "2026-01-01T00:00:00Z",
            ["LatestDeliveryAttemptSucceeded"] = "2026-01-01T00:00:00Z",
        };
    }

    private static Answer EventSelectors(CallContext call)
    {
        var home = HomeOf(call, "TrailName");
        return new JsonObject
        {
            ["TrailARN"] = call.Need("TrailName"),
            ["EventSelectors"] = Json.List(IsMain(call.Need("TrailName")) ? DataSelectors(Global(home)) : [Selector("All")]),
        };
    }

    private static IEnumerable<JsonObject> DataSelectors(Cell cell)
    {
        var (writes, reads) = (!cell.Fails("CloudTrail.S3WriteEvents"), !cell.Fails("CloudTrail.S3ReadEvents"));
        yield return writes && reads ? Selector("All", "arn:aws:s3") : Selector("All");
        if (writes != reads)
        {
            var only = Selector(writes ? "WriteOnly" : "ReadOnly", "arn:aws:s3");
            only["IncludeManagementEvents"] = false;
            yield return only;
        }
    }

    private static JsonObject Selector(string readWrite, params IReadOnlyList<string> buckets) => new()
    {
        ["ReadWriteType"] = readWrite,
        ["IncludeManagementEvents"] = true,
        ["DataResources"] = buckets.Count == 0 ? [] : Json.List(new JsonObject { ["Type"] = "AWS::S3::Object", ["Values"] = Json.Texts(buckets) }),
        ["ExcludeManagementEventSources"] = new JsonArray(),
    };

    private static IReadOnlyList<JsonNode> LogGroups(Cell cell)
    {
        var names = cell.IsHome ? new[] { "/vpc/flow-logs", LogGroup } : ["/vpc/flow-logs"];
        return [.. names.Select((name, index) => new JsonObject
        {
            ["logGroupName"] = name,
            ["creationTime"] = WireTime.Parse(cell.DaysAgo(700)).ToUnixTimeMilliseconds(),
            ["retentionInDays"] = 365,
            ["metricFilterCount"] = name == LogGroup ? MetricFilters(cell).Count : 0,
            ["arn"] = cell.Arn("logs", $"log-group:{name}:*"),
            ["logGroupArn"] = cell.Arn("logs", $"log-group:{name}"),
            ["logGroupClass"] = "STANDARD",
            ["storedBytes"] = (long)(cell.Hash("stored", index) % 10_000_000),
        })];
    }

    /// <summary>What is wrong with an account's watch for something; which of the ways is up to the seed.</summary>
    private static Flaw FlawOf(Cell cell, Monitor monitor)
    {
        if (!Global(cell).Fails(monitor.RuleId))
        {
            return Flaw.None;
        }

        var flaw = (Flaw)(1 + cell.Hash(monitor.Name, 0) % 4);
        return flaw == Flaw.IncompletePattern && monitor.Incomplete is null ? Flaw.NoFilter : flaw;
    }

    private static IReadOnlyList<JsonNode> MetricFilters(Cell cell) => !cell.IsHome ? [] :
    [
        .. from monitor in Monitors.All
           let flaw = FlawOf(cell, monitor)
           where flaw != Flaw.NoFilter
           select new JsonObject
           {
               ["filterName"] = monitor.Name,
               ["filterPattern"] = flaw == Flaw.IncompletePattern ? monitor.Incomplete : monitor.Pattern,
               ["metricTransformations"] = Json.List(new JsonObject { ["metricName"] = monitor.Name, ["metricNamespace"] = MetricNamespace, ["metricValue"] = "1" }),
               ["creationTime"] = WireTime.Parse(cell.DaysAgo(600)).ToUnixTimeMilliseconds(),
               ["logGroupName"] = LogGroup,
           },
    ];

    private static IReadOnlyList<JsonNode> Alarms(Cell cell) => !cell.IsHome ? [] :
    [
        .. from monitor in Monitors.All
           let flaw = FlawOf(cell, monitor)
           where flaw != Flaw.NoAlarm
           select Alarm(cell, monitor.Name, flaw == Flaw.UnconfirmedTopic ? SnsService.UnconfirmedTopic : SnsService.AlertTopic),
    ];

    private static JsonObject Alarm(Cell cell, string name, string topic) => new()
    {
        ["AlarmName"] = name,
        ["AlarmArn"] = cell.Arn("cloudwatch", "alarm:" + name),
        ["AlarmConfigurationUpdatedTimestamp"] = cell.DaysAgo(600),
        ["ActionsEnabled"] = true,
        ["OKActions"] = new JsonArray(),
        ["AlarmActions"] = Json.Texts(cell.Arn("sns", topic)),
        ["InsufficientDataActions"] = new JsonArray(),
        ["StateValue"] = "OK",
        ["StateReason"] = "No datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
        ["StateUpdatedTimestamp"] = cell.DaysAgo(20),
        ["MetricName"] = name,
        ["Namespace"] = MetricNamespace,
        ["Statistic"] = "Sum",
        ["Dimensions"] = new JsonArray(),
        ["Period"] = 300,
        ["EvaluationPeriods"] = 1,
        ["Threshold"] = 1.0,
        ["ComparisonOperator"] = "GreaterThanOrEqualToThreshold",
        ["TreatMissingData"] = "notBreaching",
    };
}
