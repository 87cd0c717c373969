using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Reporting.SecurityHub;

namespace CloudPosture.Posture.Publishing;

/// <summary>A finding of ours that is active in AWS Security Hub.</summary>
/// <param name="json">The finding.</param>
internal sealed class HubEntry(JsonElement json)
{
    // AWS drops what is not renewed for 90 days.
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(7);
    private static readonly string[] Kept =
    [
        "SchemaVersion", "Id", "ProductArn", "ProductName", "CompanyName", "GeneratorId", "AwsAccountId", "Region", "FirstObservedAt", "LastObservedAt", "CreatedAt", "Types", "Title", "Description",
        "Remediation", "Resources", "Compliance", "FindingProviderFields",
    ];

    /// <summary>The id.</summary>
    public string Id => json.Text("Id") ?? "";

    /// <summary>Whether it says of a failure what would be sent, and was renewed lately.</summary>
    public bool Says(Finding failure, AsffFinding form, DateTimeOffset now) =>
        json.Text("Description") == form.DescriptionOf(failure)
        && Of("Compliance", "Status") == AsffFinding.ComplianceOf(failure.Status)
        && (Of("FindingProviderFields", "Severity", "Label") ?? Of("Severity", "Label")) == AsffFinding.LabelOf(failure.Severity)
        && DateTimeOffset.TryParse(json.Text("UpdatedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var updated) && now - updated < Renewal;

    /// <summary>Writes it as what nobody need look at any more, because its resource is gone.</summary>
    public void WriteArchived(Utf8JsonWriter writer, DateTimeOffset now)
    {
        writer.WriteStartObject();
        foreach (var member in json.EnumerateObject().Where(member => Kept.Contains(member.Name)))
        {
            member.WriteTo(writer);
        }

        writer.WriteString("UpdatedAt", ReportTime.Iso(now));
        writer.WriteString("RecordState", "ARCHIVED");
        WriteOwnFields(writer);
        writer.WriteEndObject();
    }

    // Security Hub adds fields of its own, whose prefix nobody else may use.
    private void WriteOwnFields(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("ProductFields");
        foreach (var field in json.TryGetProperty("ProductFields", out var fields) ? fields.EnumerateObject() : Enumerable.Empty<JsonProperty>())
        {
            if (!field.Name.StartsWith("aws/", StringComparison.Ordinal))
            {
                field.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private string? Of(params IEnumerable<string> path)
    {
        var at = json;
        foreach (var member in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(member, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }
}
