using System;
using System.Globalization;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Timestamps: the sandbox's state keeps them as ISO 8601 text, the wire has three forms.</summary>
internal static class WireTime
{
    /// <summary>The form of a timestamp in the state.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Reads what a client sent: any of the three forms.</summary>
    public static string FromWire(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Text(DateTimeOffset.UnixEpoch.AddSeconds(seconds))
            : Text(Parse(text));

    public static string Iso(JsonNode value, bool milliseconds) =>
        Parse(value.GetValue<string>()).UtcDateTime.ToString(
            milliseconds ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Rfc822(JsonNode value) =>
        Parse(value.GetValue<string>()).UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970, with milliseconds where there are any.</summary>
    public static decimal Epoch(JsonNode value) =>
        Parse(value.GetValue<string>()).ToUnixTimeMilliseconds() / 1000m;

    /// <summary>A member's stated format, else its shape's, else the protocol's.</summary>
    public static string Format(ShapeMember? member, Shape shape, string otherwise) =>
        member?.TimestampFormat ?? shape.TimestampFormat ?? otherwise;
}
