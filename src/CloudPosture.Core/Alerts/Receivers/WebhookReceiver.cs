using System.Text.Json;
using CloudPosture.Reporting;

namespace CloudPosture.Alerts.Receivers;

/// <summary>Whatever takes JSON by HTTP.</summary>
/// <param name="http">What posts.</param>
/// <param name="address">Where.</param>
/// <param name="token">What is sent as a bearer token; null for nothing.</param>
public sealed class WebhookReceiver(AlertHttp http, WebhookAddress address, Secret? token) : HttpReceiver(http, address, "Bearer", token)
{
    private protected override byte[] Body(AlertMessage message) => JsonBody.Write(json => Write(json, message));

    private static void Write(Utf8JsonWriter json, AlertMessage message)
    {
        var digest = message.Digest;
        json.WriteStartObject();
        json.WriteString("product", Report.Tool);
        json.WriteString("version", Report.ToolVersion);
        json.WriteString("messageId", message.Id);
        json.WriteString("createdAt", message.CreatedAt);
        json.WriteString("title", AlertText.Title(digest));
        json.WriteString("summary", AlertText.Summary(digest));
        WriteCounts(json, digest);
        json.WriteStartArray("groups");
        foreach (var group in digest.Groups)
        {
            WriteGroup(json, group);
        }

        json.WriteEndArray();
        json.WriteString("rest", AlertText.Rest(digest, digest.Groups.Count));
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, AlertDigest digest)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("findings", digest.Findings);
        json.WriteNumber("new", digest.New);
        json.WriteNumber("regressed", digest.Regressed);
        json.WriteNumber("worse", digest.Worse);
        json.WriteNumber("notAssessed", digest.NotAssessed);
        json.WriteNumber("accounts", digest.Accounts);
        json.WriteNumber("groups", digest.Total);
        json.WriteStartObject("bySeverity");
        foreach (var (severity, count) in digest.BySeverity)
        {
            json.WriteNumber(severity.ToString(), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, AlertGroup group)
    {
        json.WriteStartObject();
        json.WriteString("severity", group.Severity.ToString());
        json.WriteString("ruleId", AlertText.Name(group.RuleId));
        json.WriteString("title", AlertText.Name(group.Title));
        json.WriteString("service", group.Service);
        json.WriteString("accountId", group.AccountId);
        json.WriteString("accountName", AlertText.Name(group.AccountName));
        json.WriteNumber("findings", group.Count);
        json.WriteNumber("new", group.New);
        json.WriteNumber("regressed", group.Regressed);
        json.WriteNumber("worse", group.Worse);
        json.WriteStartArray("resources");
        foreach (var resource in group.Resources)
        {
            json.WriteStartObject();
            json.WriteString("findingId", resource.FindingId);
            json.WriteString("name", AlertText.Name(resource.Name));
            json.WriteString("arn", AlertText.Name(resource.Arn));
            json.WriteString("type", resource.Type);
            json.WriteString("region", resource.Region);
            json.WriteString("evidence", AlertText.Name(resource.Evidence));
            json.WriteString("since", resource.Since);
            json.WriteString("reason", resource.Reason.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
