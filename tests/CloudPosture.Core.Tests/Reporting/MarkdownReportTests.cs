using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CloudPosture.Tests.Reporting;

/// <summary>The Markdown report, parsed by Markdig as GitHub's dialect is.</summary>
public sealed class MarkdownReportTests
{
    private static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Fact]
    public void FindingsAreATableTheWorstFirst()
    {
        var rows = Rows(Parse(ReportSamples.Many(50)).Descendants<Table>().Last());

        Assert.Equal(50, rows.Count);
        Assert.Equal("Critical", rows[0][0]);
        Assert.Equal("Informational", rows[^1][0]);
    }

    [Fact]
    public void ItSaysWhenThereIsNothing() => Assert.Contains("There are no findings.", ReportSamples.Text(ReportFormat.Markdown), StringComparison.Ordinal);

    [Fact]
    public void HostileNamesAreNoMarkup()
    {
        var document = Parse(ReportSamples.Hostile);

        Assert.Empty(document.Descendants<HtmlInline>());
        Assert.Empty(document.Descendants<HtmlBlock>());
        Assert.Empty(document.Descendants<LinkInline>());
        Assert.Empty(document.Descendants<AutolinkInline>());
        Assert.Equal(ReportSamples.Hostile.Count, Rows(document.Descendants<Table>().Last()).Count);
        Assert.All(document.Descendants<Table>(), table => Assert.All(table.OfType<TableRow>(), row => Assert.Equal(table.OfType<TableRow>().First().Count, row.Count)));
        Assert.DoesNotMatch(@"(?im)##(vso)?\[|^\s*::", ReportSamples.Text(ReportFormat.Markdown, ReportSamples.Hostile));
    }

    private static MarkdownDocument Parse(IEnumerable<Finding> findings) => Markdown.Parse(ReportSamples.Text(ReportFormat.Markdown, findings), Dialect);

    private static List<string[]> Rows(Table table) =>
    [
        .. table.OfType<TableRow>().Where(row => !row.IsHeader).Select(row => row.OfType<TableCell>()
            .Select(cell => string.Concat(cell.Descendants<LeafInline>().Select(inline => inline is CodeInline code ? code.Content : inline.ToString()))).ToArray()),
    ];
}
