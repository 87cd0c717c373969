using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts.Receivers;

/// <summary>An incoming webhook of Slack.</summary>
/// <param name="http">What posts.</param>
/// <param name="address">The webhook's address.</param>
public sealed class SlackReceiver(AlertHttp http, WebhookAddress address) : HttpReceiver(http, address)
{
    // Slack's limits: 50 blocks a message, 150 characters a header, 3,000 a section, 2,000 a field.
    private const int MostGroups = 46;
    private const int LongestHeader = 150;
    private const int LongestField = 2000;

    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.Slack;

    private protected override byte[] Body(AlertMessage message) => JsonBody.Write(json => Write(json, message.Digest));

    /// <summary>Writes the message.</summary>
    internal static void Write(Utf8JsonWriter json, AlertDigest digest)
    {
        json.WriteStartObject();
        json.WriteString("text", Escaped($"{AlertText.Title(digest)}. {AlertText.Summary(digest)}"));
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
        json.WriteStartArray("blocks");
        json.WriteStartObject();
        json.WriteString("type", "header");
        json.WriteStartObject("text");
        WritePlain(json, Cut(AlertText.Title(digest), LongestHeader));
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSection(json, AlertText.Summary(digest));
        var shown = Math.Min(MostGroups, digest.Groups.Count);
        foreach (var group in digest.Groups.Take(shown))
        {
            WriteGroup(json, group);
        }

        if (AlertText.Rest(digest, shown) is { Length: > 0 } rest)
        {
            WriteSection(json, rest);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Ours is bold; what was named in AWS is plain text, in which Slack looks for no markup.
    private static void WriteGroup(Utf8JsonWriter json, AlertGroup group)
    {
        json.WriteStartObject();
        json.WriteString("type", "section");
        json.WriteStartObject("text");
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", FormattableString.Invariant($"{Sign(group.Severity)} *{group.Severity}* · {group.Count} new or worse"));
        json.WriteEndObject();
        json.WriteStartArray("fields");
        WriteField(json, $"{AlertText.Name(group.RuleId)}\n{AlertText.Name(group.Title)}\n{AlertText.Account(group)}");
        WriteField(json, string.Join("\n", AlertText.Resources(group).Select(resource => "• " + resource)));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Sign(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => ":red_circle:",
        Severity.Medium => ":large_yellow_circle:",
        _ => ":white_circle:",
    };

    private static void WriteSection(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "section");
        json.WriteStartObject("text");
        WritePlain(json, Cut(text, LongestField));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        WritePlain(json, Cut(text, LongestField));
        json.WriteEndObject();
    }

    private static void WritePlain(Utf8JsonWriter json, string text)
    {
        json.WriteString("type", "plain_text");
        json.WriteString("text", text);
        json.WriteBoolean("emoji", false);
    }

    // As Slack asks for: these three begin its mentions and links.
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    // The limit counts what is sent, and an entity is not cut in two.
    private static string Cut(string text, int longest)
    {
        var escaped = Escaped(text);
        for (var length = Math.Min(text.Length, longest); escaped.Length > longest; length -= Math.Max(1, (escaped.Length - longest) / 5))
        {
            escaped = Escaped(text.Substring(0, char.IsHighSurrogate(text[Math.Max(0, length - 1)]) ? length - 1 : length));
        }

        return escaped;
    }
}
