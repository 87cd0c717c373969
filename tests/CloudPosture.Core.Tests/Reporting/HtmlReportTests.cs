using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;

namespace CloudPosture.Tests.Reporting;

public sealed class HtmlReportTests
{
    [Fact]
    public async Task Its_policy_allows_its_own_script_and_style_and_nothing_else()
    {
        var html = await HtmlPart.WriteAsync(Estate.Of(10));

        var policy = HtmlPart.Between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        Assert.Equal(
            $"default-src 'none'; script-src '{Hash(HtmlPart.Between(html, "<script>", "</script>"))}'; style-src '{Hash(HtmlPart.Between(html, "<style>", "</style>"))}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            policy);
    }

    [Fact]
    public async Task It_names_no_other_file()
    {
        var html = await HtmlPart.WriteAsync(Estate.Of(10));

        var outside = HtmlPart.Between(html, "<html", "</html>");
        Assert.DoesNotMatch(new Regex("""<(link|img|iframe|object|embed|base|form)\b|<script src|@import|url\(""", RegexOptions.IgnoreCase), Regex.Replace(outside, "<script>.*?</script>", "", RegexOptions.Singleline));
        Assert.DoesNotContain("{{", outside);
    }

    [Fact]
    public async Task No_name_appears_in_the_file_as_it_is()
    {
        var html = await HtmlPart.WriteAsync(Estate.Of(60, name: "</script><script>alert(1)</script>"));

        Assert.Matches("^[A-Za-z0-9+/]+=*$", HtmlPart.Letters(html));
        Assert.DoesNotContain("alert(1)", html);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(30_000)]
    public async Task All_findings_are_counted_and_listed(int count)
    {
        var data = HtmlPart.Data(await HtmlPart.WriteAsync(Estate.Of(count)));

        Assert.Equal(count, data.GetProperty("total").GetInt32());
        Assert.Equal(count, data.GetProperty("findings").GetProperty("id").EnumerateArray().Select(id => id.GetString()).Distinct().Count());
        Assert.Equal(count, data.GetProperty("sums").EnumerateArray().Sum(sum => sum.EnumerateArray().Skip(2).Sum(part => part.GetInt32())));
    }

    [Fact]
    public async Task What_is_above_the_limit_is_counted_and_what_matters_most_is_listed()
    {
        var data = HtmlPart.Data(await HtmlPart.WriteAsync(Estate.Of(2400), limit: 650));

        var statuses = data.GetProperty("findings").GetProperty("status").EnumerateArray().Select(status => (FindingStatus)status.GetInt32()).ToList();
        Assert.Equal(2400, data.GetProperty("total").GetInt32());
        Assert.Equal(650, statuses.Count);
        Assert.Equal(600, statuses.Count(status => status == FindingStatus.Fail));
        Assert.Equal(50, statuses.Count(status => status == FindingStatus.NotAssessed));
        Assert.Equal(statuses.OrderBy(status => status == FindingStatus.Fail ? 0 : 1), statuses);
    }

    [Fact]
    public async Task A_rule_that_nobody_knows_any_more_keeps_its_title()
    {
        var data = HtmlPart.Data(await HtmlPart.WriteAsync(Estate.Of(3) with { Rules = [] }));

        Assert.Equal("Rule 0 holds for everything", data.GetProperty("rules")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task Gaps_of_one_cause_are_told_once()
    {
        var gap = Estate.Of(0).Gaps.Single();
        var data = HtmlPart.Data(await HtmlPart.WriteAsync(Estate.Of(3) with { Gaps = [gap, gap with { Gap = gap.Gap with { Region = "us-east-1" } }, gap] }));

        var told = Assert.Single(data.GetProperty("gaps").EnumerateArray());
        Assert.Equal(3, told.GetProperty("count").GetInt32());
        Assert.Equal(["global", "us-east-1"], told.GetProperty("regions").EnumerateArray().Select(region => region.GetString()));
    }

    [Fact]
    public async Task The_stream_stays_open_and_cancelling_ends_the_work()
    {
        using var stream = new MemoryStream();
        await HtmlReport.WriteAsync(Estate.Of(1), stream, CancellationToken.None);
        Assert.True(stream.CanWrite);

        using var cancelled = new CancellationTokenSource();
        var content = Estate.Of(100) with { Findings = Estate.Of(100).Findings.Select((finding, index) => { if (index == 50) { cancelled.Cancel(); } return finding; }) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HtmlReport.WriteAsync(content, stream, cancelled.Token));
    }

    private static string Hash(string block) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)));
}
