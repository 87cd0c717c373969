using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Reports;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Content;
using CloudPosture.Tests.Findings;

namespace CloudPosture.Tests.Reporting;

/// <summary>What became of findings between two harvests stands in the page.</summary>
public sealed class HtmlChangesTests(Chromium browser) : IClassFixture<Chromium>, IDisposable
{
    private readonly AssessedLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void ThePageTellsWhatIsNewFailsAgainWasPutRightAndIsGone()
    {
        _lake.Assess(1, Number(1, FindingStatus.Pass), Number(2, FindingStatus.Fail), Number(3, FindingStatus.Fail), Number(4, FindingStatus.Fail), Number(5, FindingStatus.Fail));
        _lake.Assess(2, Number(1, FindingStatus.Fail), Number(2, FindingStatus.Pass), Number(4, FindingStatus.Fail), Number(5, FindingStatus.NotAssessed), Number(6, FindingStatus.Fail), Number(7, FindingStatus.Pass));
        var data = Data();
        var changes = data.GetProperty("changes");
        var told = changes.GetProperty("id").EnumerateArray().Select(id => int.Parse(id.GetString()!, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture))
            .Zip(Column(changes, "change"), (id, kind) => (id, (ReportChangeKind)kind)).OrderBy(one => one.id);

        Assert.True(data.GetProperty("hasChanges").GetBoolean());
        Assert.Equal([(1, ReportChangeKind.Regressed), (2, ReportChangeKind.Resolved), (3, ReportChangeKind.Gone), (6, ReportChangeKind.New)], told);
        Assert.Equal([1, 1, 1, 1], data.GetProperty("changeCounts").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal(Some.Day1.ToUnixTimeSeconds(), data.GetProperty("changesSince").GetInt64());
    }

    [Fact]
    public void WhatTheLastHarvestDidNotReadIsNoChangeSinceTheOneBefore()
    {
        _lake.Assess(1, Some.Account, ["s3", "iam"], Number(1, FindingStatus.Fail), Number(2, FindingStatus.Pass) with { Service = "iam" });
        _lake.Assess(2, Some.Account, ["iam"], Number(2, FindingStatus.Fail) with { Service = "iam" });

        var data = Data();

        Assert.Equal([$"{2:x32}"], data.GetProperty("changes").GetProperty("id").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal([0, 1, 0, 0], data.GetProperty("changeCounts").EnumerateArray().Select(count => count.GetInt32()));
    }

    [ChromiumFact]
    public async Task ABrowserShowsThemAndLeadsToEach()
    {
        _lake.Assess(1, Number(1, FindingStatus.Pass), Number(2, FindingStatus.Fail), Number(3, FindingStatus.Fail));
        _lake.Assess(2, Number(1, FindingStatus.Fail), Number(2, FindingStatus.Pass), Number(6, FindingStatus.Fail));
        await using var page = await browser.NewPageAsync();
        await page.OpenAsync(Save(), "#/overview");

        await page.EvaluateAsync("document.querySelector('a.tile.change-Regressed').click()");
        await page.WaitForAsync("location.hash === '#/changes?change=Regressed' && document.querySelector('h1').innerText === 'Changes'");
        Assert.Equal("New 1, Fails again 1, Put right 1, Gone 1", await page.TextAsync("[...document.querySelectorAll('.tile')].map(one => one.innerText.replace(/\\s+/g, ' ')).join(', ')"));
        Assert.Equal("bucket-1", await page.TextAsync("[...document.querySelectorAll('.rows td.c-resource .name')].map(one => one.innerText).join()"));

        await page.EvaluateAsync("document.querySelector('.rows a').click()");
        await page.WaitForAsync("document.querySelector('#sheet').open");
        var sheet = await page.TextAsync("document.querySelector('#sheet').innerText");
        Assert.Contains("Fails again", sheet, StringComparison.Ordinal);

        // It is a failure since the second day, though the finding is known from the first.
        Assert.Contains($"{Some.Day1.AddDays(1):yyyy-MM-dd}", sheet.Split("Failing since")[1].Trim().Split('\n')[0], StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public void OneHarvestHasNoChanges()
    {
        _lake.Assess(1, Number(1, FindingStatus.Fail));

        Assert.False(Data().GetProperty("hasChanges").GetBoolean());
    }

    private static Finding Number(int number, FindingStatus status) => ReportSamples.One with { FindingId = $"{number:x32}", Status = status, ResourceName = $"bucket-{number}", AccountId = Some.Account };

    private static long[] Column(System.Text.Json.JsonElement table, string name) => [.. table.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];

    private System.Text.Json.JsonElement Data() => HtmlPart.Data(File.ReadAllText(Save()));

    private string Save()
    {
        var path = Path.Combine(_lake.Lake.Path, "report.html");
        using (var report = PostureReport.Begin(path, ReportFormat.Html, ReportSamples.Library, Some.Day1.AddDays(3), new ReportScope { Lake = _lake.Lake }))
        {
            foreach (var finding in _lake.Lake.ReadFindings(new FindingQuery()))
            {
                report.Add(finding);
            }

            report.Save(CancellationToken.None);
        }

        return path;
    }
}
