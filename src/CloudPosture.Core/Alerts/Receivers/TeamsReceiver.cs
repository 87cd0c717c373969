using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts.Receivers;

/// <summary>A workflow of Microsoft Teams that posts the Adaptive Card it is sent.</summary>
/// <param name="http">What posts.</param>
/// <param name="address">The workflow's address.</param>
public sealed class TeamsReceiver(AlertHttp http, WebhookAddress address) : HttpReceiver(http, address)
{
    // Teams refuses cards above 28 KB.
    private const int LongestCard = 26_000;

    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.Teams;

    private protected override byte[] Body(AlertMessage message) => Card(message.Digest);

    /// <summary>The card, with as many groups as it may hold.</summary>
    internal static byte[] Card(AlertDigest digest)
    {
        for (var shown = digest.Groups.Count; ; shown -= Math.Max(1, shown / 4))
        {
            var card = JsonBody.Write(json => Write(json, digest, shown));
            if (card.Length <= LongestCard || shown <= 0)
            {
                return card;
            }
        }
    }

    private static void Write(Utf8JsonWriter json, AlertDigest digest, int shown)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("summary", AlertText.Title(digest));
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteNull("contentUrl");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        json.WriteEndObject();
        json.WriteStartArray("body");
        WriteOwnText(json, AlertText.Title(digest), isTitle: true);
        WriteOwnText(json, AlertText.Summary(digest), isTitle: false);
        foreach (var group in digest.Groups.Take(shown))
        {
            WriteGroup(json, group);
        }

        if (AlertText.Rest(digest, shown) is { Length: > 0 } rest)
        {
            WriteOwnText(json, rest, isTitle: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOwnText(Utf8JsonWriter json, string text, bool isTitle)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("text", text);
        json.WriteBoolean("wrap", true);
        if (isTitle)
        {
            json.WriteString("weight", "Bolder");
            json.WriteString("size", "Large");
            json.WriteString("style", "heading");
        }

        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, AlertGroup group)
    {
        json.WriteStartObject();
        json.WriteString("type", "Container");
        json.WriteBoolean("separator", true);
        json.WriteString("style", group.Severity switch { Severity.Critical or Severity.High => "attention", Severity.Medium => "warning", _ => "default" });
        json.WriteStartArray("items");
        WriteName(json, AlertText.Head(group), isBold: true);
        WriteName(json, $"{AlertText.Account(group)}: {AlertText.Name(group.Title)}", isBold: false);
        foreach (var resource in AlertText.Resources(group))
        {
            WriteName(json, "• " + resource, isBold: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A text run shows Markdown as it is; only dates in double braces are computed.
    private static void WriteName(Utf8JsonWriter json, string text, bool isBold)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", text.Replace("{{", "{ {"));
        if (isBold)
        {
            json.WriteString("weight", "Bolder");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
