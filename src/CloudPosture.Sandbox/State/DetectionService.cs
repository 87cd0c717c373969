using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>What watches a Region: AWS Config, Access Analyzer, Security Hub, GuardDuty and Macie.</summary>
internal static class DetectionService
{
    public static void Register(HandlerTable table)
    {
        table["config", "DescribeConfigurationRecorders"] = call => new JsonObject { ["ConfigurationRecorders"] = Json.List(HasRecorder(call.Cell) ? [Recorder(call.Cell)] : []) };
        table["config", "DescribeConfigurationRecorderStatus"] = call => new JsonObject { ["ConfigurationRecordersStatus"] = Json.List(HasRecorder(call.Cell) ? [RecorderStatus(call.Cell)] : []) };
        table["accessanalyzer", "ListAnalyzers"] = call => Answer.Of("analyzers", Analyzers(call.Cell));
        table["securityhub", "DescribeHub"] = call => Subscribed(call, new JsonObject
        {
            ["HubArn"] = call.Cell.Arn("securityhub", "hub/default"),
            ["SubscribedAt"] = call.Cell.DaysAgo(500),
            ["AutoEnableControls"] = true,
            ["ControlFindingGenerator"] = "SECURITY_CONTROL",
        });
        table["securityhub", "GetEnabledStandards"] = call => Subscribed(call, new JsonObject
        {
            ["StandardsSubscriptions"] = Json.List(new JsonObject
            {
                ["StandardsSubscriptionArn"] = call.Cell.Arn("securityhub", "subscription/aws-foundational-security-best-practices/v/1.0.0"),
                ["StandardsArn"] = $"arn:aws:securityhub:{call.Cell.Region}::standards/aws-foundational-security-best-practices/v/1.0.0",
                ["StandardsInput"] = new JsonObject(),
                ["StandardsStatus"] = "READY",
            }),
        });
        table["guardduty", "ListDetectors"] = call => Answer.Of("DetectorIds", HasDetector(call.Cell) ? [JsonValue.Create(DetectorId(call.Cell))] : []);
        table["guardduty", "GetDetector"] = Detector;
        table["macie", "GetMacieSession"] = MacieSession;
    }

    /// <summary>A fault shows in one of two ways: the thing is not there, or it is there and switched off.</summary>
    private static bool IsAbsent(Cell cell, string rule) => cell.Hash(rule, 0) % 2 == 0;

    private static bool HasRecorder(Cell cell) => !(cell.Fails("Config.Recorder") && IsAbsent(cell, "Config.Recorder"));

    private static bool HasDetector(Cell cell) => !(cell.Fails("GuardDuty.Enabled") && IsAbsent(cell, "GuardDuty.Enabled"));

    private static JsonObject Recorder(Cell cell) => new()
    {
        ["name"] = "default",
        ["roleARN"] = IamRoles.Arn(cell, "config-recorder"),
        ["recordingGroup"] = new JsonObject { ["allSupported"] = true, ["includeGlobalResourceTypes"] = true, ["resourceTypes"] = new JsonArray() },
    };

    private static JsonObject RecorderStatus(Cell cell)
    {
        var isOn = !cell.Fails("Config.Recorder");
        return new JsonObject
        {
            ["name"] = "default",
            ["lastStartTime"] = cell.DaysAgo(500),
            ["recording"] = isOn,
            ["lastStatus"] = isOn ? "SUCCESS" : "FAILURE",
            ["lastStatusChangeTime"] = cell.DaysAgo(0.1),
        };
    }

    private static IReadOnlyList<JsonNode> Analyzers(Cell cell)
    {
        var unused = Analyzer(cell, "unused-access", "ACCOUNT_UNUSED_ACCESS");
        return cell.Fails("AccessAnalyzer.Enabled") ? [unused] : [Analyzer(cell, "external-access", "ACCOUNT"), unused];
    }

    private static JsonObject Analyzer(Cell cell, string name, string type) => new()
    {
        ["arn"] = cell.Arn("access-analyzer", "analyzer/" + name),
        ["name"] = name,
        ["type"] = type,
        ["createdAt"] = cell.DaysAgo(300),
        ["status"] = "ACTIVE",
        ["tags"] = Json.TagMap(cell, name, 0),
    };

    /// <summary>The answer of Security Hub, where it is on.</summary>
    internal static Answer Subscribed(CallContext call, Answer answer) => call.Cell.Fails("SecurityHub.Enabled")
        ? throw new AwsError("InvalidAccessException", $"Account {call.Cell.AccountId} is not subscribed to AWS Security Hub", 401)
        : answer;

    private static string DetectorId(Cell cell) => Mix.Hex(cell.Hash("detector", 0), 32);

    private static Answer Detector(CallContext call) => !HasDetector(call.Cell) || call.Need("DetectorId") != DetectorId(call.Cell)
        ? throw new AwsError("BadRequestException", "The request is rejected because the input detectorId is not owned by the current account.")
        : new JsonObject
        {
            ["CreatedAt"] = call.Cell.DaysAgo(400),
            ["FindingPublishingFrequency"] = "FIFTEEN_MINUTES",
            ["ServiceRole"] = $"arn:aws:iam::{call.Cell.AccountId}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty",
            ["Status"] = call.Cell.Fails("GuardDuty.Enabled") ? "DISABLED" : "ENABLED",
            ["UpdatedAt"] = call.Cell.DaysAgo(40),
            ["Tags"] = Json.TagMap(call.Cell, "detector", 0),
        };

    private static Answer MacieSession(CallContext call)
    {
        var isOff = call.Cell.Fails("Macie.Enabled");
        return isOff && IsAbsent(call.Cell, "Macie.Enabled")
            ? throw new AwsError("AccessDeniedException", "Macie is not enabled.", 403)
            : new JsonObject
            {
                ["createdAt"] = call.Cell.DaysAgo(300),
                ["findingPublishingFrequency"] = "FIFTEEN_MINUTES",
                ["serviceRole"] = $"arn:aws:iam::{call.Cell.AccountId}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie",
                ["status"] = isOff ? "PAUSED" : "ENABLED",
                ["updatedAt"] = call.Cell.DaysAgo(30),
            };
    }
}
