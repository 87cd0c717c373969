using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;
using CloudPosture.Reporting.Html;

namespace CloudPosture.Reporting;

/// <summary>
/// Writes a report as one HTML file that needs nothing else and asks nobody: script, style and data lie in it, and its own policy
/// forbids it any request. The parts that people write are in <c>module/report</c>.
/// </summary>
public static class HtmlReport
{
    /// <summary>How many findings the file lists at most unless somebody asks for another limit; counts are of all.</summary>
    public const int DefaultLimit = 100_000;

    /// <summary>Writes the report.</summary>
    /// <param name="content">What it tells.</param>
    /// <param name="stream">Where to, in UTF-8; it stays open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task WriteAsync(ReportContent content, Stream stream, CancellationToken cancellationToken) =>
        WriteAsync(content, stream, DefaultLimit, cancellationToken);

    /// <summary>Writes the report.</summary>
    /// <param name="content">What it tells; its findings are read twice.</param>
    /// <param name="stream">Where to, in UTF-8; it stays open.</param>
    /// <param name="limit">How many findings the file lists at most; those that matter least are left out, and the file says so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task WriteAsync(ReportContent content, Stream stream, int limit, CancellationToken cancellationToken)
    {
        var sums = new FindingSums(content);
        var pick = new FindingPick(limit);
        foreach (var finding in content.Findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sums.Add(finding);
            pick.Count(finding);
        }

        return WriteAsync(content, sums, pick, content.Findings, stream, cancellationToken);
    }

    /// <summary>Writes the report of findings that were looked at already.</summary>
    internal static async Task WriteAsync(ReportContent content, FindingSums sums, FindingPick pick, IEnumerable<Finding> findings, Stream stream, CancellationToken cancellationToken)
    {
        var template = HtmlTemplate.Shipped;
        await WriteTextAsync(stream, template.BeforePaths + PathPicture.Of(content.Paths) + template.BeforeData, cancellationToken).ConfigureAwait(false);
        using (var data = new PackedJson(stream))
        {
            await HtmlData.WriteAsync(content, sums, pick, findings, data, cancellationToken).ConfigureAwait(false);
            await data.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await WriteTextAsync(stream, template.AfterData, cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteTextAsync(Stream stream, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
    }
}
