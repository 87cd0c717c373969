using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts.Receivers;

/// <summary>The HTTP Event Collector of Splunk: an event a finding, under the names that the lake has.</summary>
/// <param name="http">What posts.</param>
/// <param name="address">The collector's address, with its path (<c>/services/collector/event</c>).</param>
/// <param name="token">The collector's token.</param>
/// <param name="fields">What each event says of itself beside that: <c>index</c>, <c>host</c>, <c>source</c>, <c>sourcetype</c>.</param>
public sealed class SplunkReceiver(AlertHttp http, WebhookAddress address, Secret token, IReadOnlyDictionary<string, string> fields) : HttpReceiver(http, address, "Splunk", token)
{
    // Splunk takes a megabyte in one request unless it is told otherwise.
    private const int MostEvents = 200;

    /// <inheritdoc/>
    public override int? MostFindings => MostEvents;

    private protected override byte[] Body(AlertMessage message)
    {
        using var stream = new MemoryStream();
        foreach (var (finding, reason) in message.Findings)
        {
            using var json = new Utf8JsonWriter(stream);
            WriteEvent(json, message, finding, reason);
            json.Flush();
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    private void WriteEvent(Utf8JsonWriter json, AlertMessage message, Finding finding, AlertReason reason)
    {
        json.WriteStartObject();
        json.WriteNumber("time", finding.LastSeen.ToUnixTimeMilliseconds() / 1000m);
        json.WriteString("source", fields.TryGetValue("source", out var source) ? source : "cloudposture");
        json.WriteString("sourcetype", fields.TryGetValue("sourcetype", out var type) ? type : "cloudposture:finding");
        foreach (var name in new[] { "host", "index" })
        {
            if (fields.TryGetValue(name, out var value))
            {
                json.WriteString(name, value);
            }
        }

        json.WriteStartObject("event");
        json.WriteString("messageId", message.Id);
        json.WriteString("alert", reason.ToString());
        json.WritePropertyName("finding");
        JsonSerializer.Serialize(json, finding, LakeJson.Default.Finding);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
