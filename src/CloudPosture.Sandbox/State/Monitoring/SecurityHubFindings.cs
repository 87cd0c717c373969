using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Content;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>The import of findings into AWS Security Hub: what it demands, and what may be asked of it afterwards.</summary>
internal static class SecurityHubFindings
{
    private const int MostFindings = 100;
    private const int LargestFinding = 240 * 1024;
    private static readonly string[] Required = ["SchemaVersion", "Id", "ProductArn", "GeneratorId", "AwsAccountId", "CreatedAt", "UpdatedAt", "Title", "Description", "Resources"];

    public static void Register(HandlerTable table)
    {
        table["securityhub", "BatchImportFindings"] = call => Subscribed(call, Import(call));
        table["securityhub", "GetFindings"] = call => Subscribed(
            call, Answer.Of("Findings", IsAboutControls(call) ? [ControlFinding(call.Cell)] : call.World.HubFindings.Of(call.Cell, finding => Matches(finding, call.Input["Filters"] as JsonObject ?? []))));
    }

    private static bool IsAboutControls(CallContext call) => call.Input["Filters"]?["ProductArn"]?[0]?["Value"] is JsonValue product && ((string)product!).EndsWith("product/aws/securityhub", StringComparison.Ordinal);

    /// <summary>What a control of Security Hub's own found, as the base of its type in cases.yaml says.</summary>
    private static JsonNode ControlFinding(Cell cell) =>
        ContentType.Fill(cell, 0, cell.Organization.Types.Base("AWS::SecurityHub::Finding"));

    private static Answer Subscribed(CallContext call, Answer answer) => call.Cell.Fails("SecurityHub.Enabled")
        ? throw new AwsError("InvalidAccessException", $"Account {call.Cell.AccountId} is not subscribed to AWS Security Hub", 401)
        : answer;

    private static JsonObject Import(CallContext call)
    {
        var findings = call.Input["Findings"] as JsonArray ?? [];
        if (findings.Count is 0 or > MostFindings)
        {
            throw new AwsError("InvalidInputException", "Invalid parameter: Findings must have between 1 and 100 elements");
        }

        var failed = new List<JsonNode>();
        foreach (var finding in findings.OfType<JsonObject>())
        {
            var id = (string?)finding["Id"] ?? "";
            if (Problem(call, finding) is { } problem)
            {
                failed.Add(new JsonObject { ["Id"] = id, ["ErrorCode"] = "InvalidInput", ["ErrorMessage"] = problem });
                continue;
            }

            var kept = (JsonObject)finding.DeepClone();
            kept["ProcessedAt"] = call.World.Now;
            call.World.HubFindings.Put(call.Cell, id, kept);
        }

        return new JsonObject { ["FailedCount"] = failed.Count, ["SuccessCount"] = findings.Count - failed.Count, ["FailedFindings"] = Json.List(failed) };
    }

    private static string? Problem(CallContext call, JsonObject finding)
    {
        var product = $"arn:aws:securityhub:{call.Cell.Region}:{call.Cell.AccountId}:product/{call.Cell.AccountId}/default";
        return Required.FirstOrDefault(member => finding[member] is null) is { } missing ? $"Finding does not adhere to Amazon Finding Format. data should have required property '{missing}'."
            : (string?)finding["ProductArn"] != product || (string?)finding["AwsAccountId"] != call.Cell.AccountId ? "The finding is of another account or Region."
            : ((string)finding["Title"]!).Length > 256 || ((string)finding["Description"]!).Length > 1024 || finding.ToJsonString().Length > LargestFinding ? "Finding does not adhere to Amazon Finding Format. A member is too long."
            : null;
    }

    private static bool Matches(JsonObject finding, JsonObject filters) => filters.All(filter =>
        (filter.Value as JsonArray ?? []).OfType<JsonObject>().Any(one => Matches((string?)finding[filter.Key] ?? "", one)));

    private static bool Matches(string value, JsonObject filter) => ((string)filter["Comparison"]!, (string)filter["Value"]!) switch
    {
        ("PREFIX", var wanted) => value.StartsWith(wanted, StringComparison.Ordinal),
        (_, var wanted) => value == wanted,
    };
}
