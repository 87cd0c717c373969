using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Text;

namespace CloudPosture.Alerts.Receivers;

/// <summary>The import of DefectDojo, which tells findings apart by their ids.</summary>
/// <param name="http">What posts.</param>
/// <param name="address">The address of the import (<c>/api/v2/import-scan/</c>).</param>
/// <param name="token">The API's token.</param>
/// <param name="fields">The form's other fields: <c>engagement</c>, or <c>product_name</c> and <c>engagement_name</c>.</param>
public sealed class DefectDojoReceiver(AlertHttp http, WebhookAddress address, Secret token, IReadOnlyDictionary<string, string> fields) : HttpReceiver(http, address, "Token", token)
{
    private const int MostInOneImport = 500;
    private const int LongestTitle = 511;

    // What is sent is what is new: what is not in it is not closed.
    private static readonly IReadOnlyDictionary<string, string> Usual = new Dictionary<string, string>
    {
        ["scan_type"] = "Generic Findings Import",
        ["active"] = "true",
        ["verified"] = "true",
        ["close_old_findings"] = "false",
        ["minimum_severity"] = "Info",
    };

    /// <inheritdoc/>
    public override int? MostFindings => MostInOneImport;

    private protected override byte[] Body(AlertMessage message) => JsonBody.Write(json => Write(json, message));

    private protected override HttpContent Content(byte[] file)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in Usual.Where(field => !fields.ContainsKey(field.Key)).Concat(fields))
        {
            form.Add(new StringContent(field.Value), $"\"{field.Key}\"");
        }

        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        form.Add(content, "\"file\"", "\"cloudposture.json\"");
        return form;
    }

    private static void Write(Utf8JsonWriter json, AlertMessage message)
    {
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (var (finding, _) in message.Findings)
        {
            Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        var title = $"{finding.Title}: {AlertText.Name(finding.ResourceName)}";
        json.WriteString("title", title.Length <= LongestTitle ? title : AlertText.Name(title));
        json.WriteString("description", Description(finding));
        json.WriteString("severity", finding.Severity switch { Severity.Informational => "Info", _ => finding.Severity.ToString() });
        json.WriteString("date", (finding.StatusSince ?? finding.FirstSeen).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("unique_id_from_tool", finding.FindingId);
        json.WriteString("vuln_id_from_tool", finding.RuleId);
        json.WriteString("component_name", AlertText.Name(finding.ResourceArn));
        json.WriteString("service", $"{finding.AccountId}/{finding.Service}");
        json.WriteBoolean("static_finding", true);
        json.WriteBoolean("dynamic_finding", false);
        json.WriteBoolean("active", true);
        json.WriteBoolean("verified", true);
        json.WriteEndObject();
    }

    // It is shown as Markdown.
    private static string Description(Finding finding) => string.Join("\n\n", new[]
    {
        $"Account: {MarkdownText.Plain(finding.AccountName)} ({finding.AccountId}), Region: {MarkdownText.Plain(finding.Region)}",
        $"Resource: {MarkdownText.Plain(finding.ResourceArn)}",
        $"Evidence: {MarkdownText.Plain(finding.Evidence)}",
    });
}
