using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Tests.Reporting;

/// <summary>Takes a report's file apart.</summary>
internal static class HtmlPart
{
    public static async Task<string> WriteAsync(ReportContent content, int limit = HtmlReport.DefaultLimit)
    {
        using var stream = new MemoryStream();
        await HtmlReport.WriteAsync(content, stream, limit, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static JsonElement Data(string html)
    {
        using var packed = new MemoryStream(Convert.FromBase64String(Letters(html)));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return JsonDocument.Parse(unpacked).RootElement;
    }

    public static string Letters(string html) => Between(html, """<script type="text/plain" id="data">""", "</script>");

    public static string Between(string text, string before, string after)
    {
        var match = Regex.Match(text, Regex.Escape(before) + "(.*?)" + Regex.Escape(after), RegexOptions.Singleline);
        Assert.True(match.Success, before);
        return match.Groups[1].Value;
    }
}
