using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;
using CloudPosture.Text;

namespace CloudPosture.Reporting.SecurityHub;

/// <summary>Writes a finding as BatchImportFindings takes it, within the lengths it allows.</summary>
internal sealed class AsffFinding(RuleFacts rules)
{
    private const int LongestId = 512;
    private const int LongestTitle = 256;
    private const int LongestDescription = 1024;
    private const int LongestRemediation = 512;
    private const int LongestType = 256;
    private const int LongestProductField = 2048;
    private const int LongestRequirement = 64;
    private const int MostRequirements = 32;
    private const string CheckType = "Software and Configuration Checks/AWS Security Best Practices";

    private readonly RuleTexts _requirements = new(fact => fact.Requirements.Where(requirement => requirement.Length <= LongestRequirement).Take(MostRequirements));

    /// <summary>The ARN of the product that an account imports its own findings as.</summary>
    public static string ProductArn(Finding finding) =>
        $"arn:{ResourcePlace.PartitionOf(finding)}:securityhub:{ResourcePlace.RegionOf(finding)}:{finding.AccountId}:product/{finding.AccountId}/default";

    /// <summary>How an id begins.</summary>
    public const string IdPrefix = "cloudposture/";

    /// <summary>The id of a finding.</summary>
    public static string IdOf(Finding finding) => IdPrefix + finding.FindingId;

    /// <summary>What it says of a status.</summary>
    public static string ComplianceOf(FindingStatus status) => status switch
    {
        FindingStatus.Pass => "PASSED",
        FindingStatus.Fail or FindingStatus.Excepted => "FAILED",
        _ => "NOT_AVAILABLE",
    };

    /// <summary>What it says of a severity.</summary>
    public static string LabelOf(Severity severity) => severity.ToString().ToUpperInvariant();

    /// <summary>What it says of what decided.</summary>
    public string DescriptionOf(Finding finding) => Cut.At(NotEmpty($"{finding.Evidence} {rules[finding.RuleId].Rationale}".Trim()), LongestDescription);

    /// <summary>Writes the object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="updatedAt">When this is said, in UTC; null for when it was last seen.</param>
    /// <param name="isArchived">Whether nobody need look at it any more.</param>
    public void Write(Utf8JsonWriter json, Finding finding, DateTimeOffset? updatedAt = null, bool isArchived = false)
    {
        var rule = rules[finding.RuleId];
        json.WriteStartObject();
        json.WriteString("SchemaVersion", "2018-10-08");
        json.WriteString("Id", IdOf(finding));
        json.WriteString("ProductArn", ProductArn(finding));
        json.WriteString("ProductName", Report.Tool);
        json.WriteString("CompanyName", Report.Tool);
        json.WriteString("GeneratorId", Cut.At(finding.RuleId, LongestId));
        json.WriteString("AwsAccountId", finding.AccountId);
        json.WriteString("Region", ResourcePlace.RegionOf(finding));
        json.WriteString("FirstObservedAt", ReportTime.Iso(finding.FirstSeen));
        json.WriteString("LastObservedAt", ReportTime.Iso(finding.LastSeen));
        json.WriteString("CreatedAt", ReportTime.Iso(finding.FirstSeen));
        json.WriteString("UpdatedAt", ReportTime.Iso(updatedAt ?? finding.LastSeen));
        WriteSeverity(json, finding.Severity);
        WriteTypes(json);
        json.WriteString("Title", Cut.At(NotEmpty(finding.Title), LongestTitle));
        json.WriteString("Description", DescriptionOf(finding));
        WriteRemediation(json, finding, rule);
        WriteProductFields(json, finding);
        WriteResource(json, finding);
        WriteCompliance(json, finding, rule);
        json.WriteStartObject("Workflow");
        json.WriteString("Status", WorkflowOf(finding.Status));
        json.WriteEndObject();
        json.WriteString("RecordState", isArchived ? "ARCHIVED" : "ACTIVE");
        json.WriteStartObject("FindingProviderFields");
        WriteSeverity(json, finding.Severity);
        WriteTypes(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What is blank is refused, and with it the whole batch.
    private static string NotEmpty(string text) => string.IsNullOrWhiteSpace(text) ? "-" : text;

    private static string WorkflowOf(FindingStatus status) => status switch
    {
        FindingStatus.Pass => "RESOLVED",
        FindingStatus.Excepted => "SUPPRESSED",
        _ => "NEW",
    };

    private static void WriteSeverity(Utf8JsonWriter json, Severity severity)
    {
        json.WriteStartObject("Severity");
        json.WriteString("Label", LabelOf(severity));
        json.WriteString("Original", severity.ToString());
        json.WriteEndObject();
    }

    private static void WriteTypes(Utf8JsonWriter json)
    {
        json.WriteStartArray("Types");
        json.WriteStringValue(CheckType);
        json.WriteEndArray();
    }

    private static void WriteRemediation(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        var text = rule.CommandsFor(finding);
        var url = rule.References.FirstOrDefault(link => link.StartsWith("https://", StringComparison.Ordinal));
        if (text.Length == 0 && url is null)
        {
            return;
        }

        json.WriteStartObject("Remediation");
        json.WriteStartObject("Recommendation");
        if (text.Length > 0)
        {
            json.WriteString("Text", Cut.At(text, LongestRemediation));
        }

        if (url is not null)
        {
            json.WriteString("Url", url);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProductFields(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("ProductFields");
        json.WriteString("CloudPosture/Status", finding.Status.ToString());
        json.WriteString("CloudPosture/HarvestId", Cut.At(NotEmpty(finding.HarvestId), LongestProductField));
        json.WriteString("CloudPosture/ResourceName", Cut.At(NotEmpty(finding.ResourceName), LongestProductField));
        json.WriteString("CloudPosture/Version", Report.ToolVersion);
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("Resources");
        json.WriteStartObject();
        json.WriteString("Type", Cut.At(AsffResourceType.Of(finding.ResourceType), LongestType));
        json.WriteString("Id", Cut.At(NotEmpty(finding.ResourceArn), LongestId));
        json.WriteString("Partition", ResourcePlace.PartitionOf(finding));
        json.WriteString("Region", ResourcePlace.RegionOf(finding));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteCompliance(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        json.WriteStartObject("Compliance");
        json.WriteString("Status", ComplianceOf(finding.Status));
        _requirements.Write(json, "RelatedRequirements", rule);
        if (finding.Status is FindingStatus.NotAssessed or FindingStatus.Manual or FindingStatus.Excepted)
        {
            json.WriteStartArray("StatusReasons");
            json.WriteStartObject();
            json.WriteString("ReasonCode", finding.Status switch { FindingStatus.NotAssessed => "NOT_ASSESSED", FindingStatus.Manual => "MANUAL_CHECK", _ => "RISK_ACCEPTED" });
            json.WriteString("Description", Cut.At(NotEmpty(HostileText.OneLine(finding.Evidence)), LongestDescription));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
