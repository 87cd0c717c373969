using System;
using System.Globalization;

namespace CloudPosture.Aws.Protocols;

/// <summary>The forms of time in AWS's protocols.</summary>
internal static class Timestamps
{
    public const string Iso = "iso8601";
    public const string Unix = "unixTimestamp";
    public const string Http = "rfc822";

    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;
    private const long TicksPerMicrosecond = 10;
    private static readonly DateTimeOffset Epoch = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads any of the forms, whichever a model announces: services do not keep to it.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TryFromUnix(seconds, out time)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Seconds since 1970, kept to the microsecond.</summary>
    public static bool TryFromUnix(decimal seconds, out DateTimeOffset time)
    {
        time = Epoch;
        if (seconds < (DateTimeOffset.MinValue - Epoch).Ticks / TicksPerSecond || seconds > (DateTimeOffset.MaxValue - Epoch).Ticks / TicksPerSecond)
        {
            return false;
        }

        time = Epoch.AddTicks((long)decimal.Round(seconds * 1_000_000m, MidpointRounding.ToEven) * TicksPerMicrosecond);
        return true;
    }

    /// <summary>The AWS CLI's form: <c>2026-01-02T03:04:05+00:00</c>, with six digits of fraction where it is not zero.</summary>
    public static string ToJson(DateTimeOffset time)
    {
        var hasFraction = time.Ticks % TimeSpan.TicksPerSecond >= TicksPerMicrosecond;
        return time.UtcDateTime.ToString(hasFraction ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
    }

    public static string Format(DateTimeOffset time, string format) => format switch
    {
        Unix => UnixSeconds(time).ToString(CultureInfo.InvariantCulture),
        Http => time.UtcDateTime.ToString("r", CultureInfo.InvariantCulture),
        _ => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
    };

    public static decimal UnixSeconds(DateTimeOffset time)
    {
        var seconds = (time - Epoch).Ticks / TicksPerSecond;
        return seconds == decimal.Truncate(seconds) ? decimal.Truncate(seconds) : seconds;
    }
}
