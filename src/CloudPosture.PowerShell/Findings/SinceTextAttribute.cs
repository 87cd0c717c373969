using System;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CloudPosture.PowerShell.Findings;

/// <summary>Takes how long ago (<c>7d</c>, <c>12h</c>, <c>30m</c>, a TimeSpan) for a time; whatever else is a date as PowerShell reads it.</summary>
internal sealed class SinceTextAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex Ago = new("^([0-9]{1,5})([dhm])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>A time as it was typed: without a zone it is this machine's.</summary>
    public static DateTimeOffset? Utc(DateTime? time) => time is { } given ? new DateTimeOffset(given.ToUniversalTime()) : null;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = TimeOf(inputData);
        return value is not string text || LanguagePrimitives.TryConvertTo(text, CultureInfo.InvariantCulture, out DateTime _)
            ? value
            : throw new ArgumentTransformationMetadataException($"'{text}' is no time. Give a date, as 2026-12-31, or how long ago: 7d, 12h, 30m.");
    }

    /// <summary>The time, where it is told by how long ago; else what was given.</summary>
    internal static object? TimeOf(object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            TimeSpan ago => DateTime.UtcNow - ago,

            // PowerShell takes 7d for a decimal number before anybody else sees it.
            decimal days => DateTime.UtcNow - TimeSpan.FromDays((double)days),
            string text when Ago.Match(text) is { Success: true } match => DateTime.UtcNow - Span(match),
            _ => inputData,
        };
    }

    private static TimeSpan Span(Match match)
    {
        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value.ToLowerInvariant() switch
        {
            "d" => TimeSpan.FromDays(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromMinutes(number),
        };
    }
}
