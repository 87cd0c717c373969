using System;
using System.Globalization;

namespace CloudPosture.Reporting;

/// <summary>Times as formats write them, in UTC whatever the culture.</summary>
internal static class ReportTime
{
    /// <summary>ISO 8601 to the second (<c>2026-11-27T09:04:06Z</c>).</summary>
    public static string Iso(DateTimeOffset time) => Text(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>In a form of one's own.</summary>
    public static string Text(DateTimeOffset time, string form) => time.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
}
