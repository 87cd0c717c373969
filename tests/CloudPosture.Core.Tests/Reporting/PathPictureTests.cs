using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using CloudPosture.Assessment.Paths;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Reporting;

/// <summary>The pictures of paths in the HTML report: markup that is well formed whatever names hold, and a page that shows them.</summary>
public sealed class PathPictureTests(Chromium browser) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Each_path_is_a_figure_that_tells_itself_as_text_too()
    {
        var section = await SectionAsync(PathOf("Instance i-1", "role app", "role strong"));
        var figure = Assert.Single(section.Descendants("figure"));
        var drawing = Assert.Single(figure.Descendants("svg"));

        Assert.Contains("Internet to role strong by Instance i-1", figure.Element("figcaption")!.Value);
        Assert.Equal("img", drawing.Attribute("role")!.Value);
        Assert.Equal(drawing.Attribute("aria-labelledby")!.Value, $"{drawing.Element("title")!.Attribute("id")!.Value} {drawing.Element("desc")!.Attribute("id")!.Value}");
        Assert.StartsWith("1: step, from Internet to Instance i-1 by m", drawing.Element("desc")!.Value);
        Assert.Equal(["Internet", "i-1", "app", "strong"], drawing.Descendants("text").Where(text => text.Attribute("class")?.Value == "path-name").Select(text => text.Value));
        Assert.Contains("Take it from role strong", figure.Value);
        Assert.Single(figure.Descendants("g"), group => group.Attribute("class")!.Value == "path-cut");
    }

    [Fact]
    public async Task Names_of_strangers_stay_text()
    {
        foreach (var attack in ReportSamples.Attacks.Append("</title></svg><script>alert(1)</script>").Append("\" onload=\"alert(1)").Append("{{data}}{{policy}}").Append("a\u202Eb\u0000c]]>"))
        {
            var section = await SectionAsync(PathOf($"Instance {attack}", attack, $"role {attack}"));

            Assert.Empty(section.Descendants("script"));
            Assert.DoesNotContain(section.DescendantsAndSelf().SelectMany(element => element.Attributes()), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            Assert.DoesNotContain(section.Value, character => (char.IsControl(character) && character != '\n') || character == '\u202E');
        }
    }

    [Fact]
    public async Task A_report_without_paths_has_an_empty_place_for_them() => Assert.Equal("", HtmlPart.Between(await HtmlPart.WriteAsync(Estate.Of(4)), """aria-label="The worst paths">""", "</section>"));

    [ChromiumFact]
    public async Task The_page_shows_them_in_both_colours_and_without_script_trouble()
    {
        var file = Path.Combine(Path.GetTempPath(), $"paths-{Guid.NewGuid():N}.html");
        await using var page = await browser.NewPageAsync();
        try
        {
            var attack = ReportSamples.Attacks[0];
            await File.WriteAllTextAsync(file, await HtmlPart.WriteAsync(Estate.Of(4) with { Paths = [PathOf("Instance i-1", "role app", "role strong"), PathOf(attack, attack, attack)] }));
            foreach (var colours in new[] { "light", "dark" })
            {
                await page.PreferAsync("prefers-color-scheme", colours);
                await page.OpenAsync(file, "#/paths");

                Assert.Equal("2", await page.TextAsync("document.querySelectorAll('main figure.path svg').length"));
                Assert.Equal("true", await page.TextAsync("(() => { const box = document.querySelector('.path-box rect'); const text = document.querySelector('.path-box .path-name'); return getComputedStyle(box).fill !== getComputedStyle(text).fill; })()"));
            }

            await page.GoAsync("#/overview");
            Assert.Equal("0", await page.TextAsync("document.querySelectorAll('figure.path').length"));
            Assert.Equal("", string.Join(Environment.NewLine, [.. page.Problems, .. page.Requests]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<XElement> SectionAsync(params PosturePath[] paths)
    {
        var html = await HtmlPart.WriteAsync(Estate.Of(4) with { Paths = paths });
        return XElement.Parse($"<section>{HtmlPart.Between(html, """aria-label="The worst paths">""", "</section>")}</section>");
    }

    private static PosturePath PathOf(string thing, string role, string goal)
    {
        string[] names = ["Internet", thing, role, goal];
        PosturePathStep[] steps =
        [
            .. Enumerable.Range(0, 3).Select(place => new PosturePathStep
            {
                Kind = PathStepKind.Escalation, Number = place + 1, From = names[place], To = names[place + 1], ToArn = "arn", Method = "m", Title = "step", Cut = $"Take it from {goal}", CutCost = 1,
            }),
        ];
        return new PosturePath
        {
            Severity = Severity.Critical,
            From = "Internet",
            ResourceType = "AWS::EC2::Instance",
            ResourceId = thing,
            ResourceArn = "arn",
            AccountId = "111122223333",
            Region = "eu-central-1",
            Goal = goal,
            GoalType = "Administrator",
            GoalArn = "arn",
            GoalAccountId = "111122223333",
            Conditions = "",
            Cut = $"Take it from {goal}",
            CutStep = 3,
            Steps = steps,
        };
    }
}
