using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Rules;

/// <summary>Files of rules that people add: a mistake in one ends none of the others, and what it asked does not vanish.</summary>
public sealed class OwnRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ABrokenFileIsToldByLineAndTheOthersGoOn()
    {
        Write("broken.yaml", Rule("Contoso.Broken") + "  tags: [a\n" + Rule("Contoso.AlsoThere"));
        Write("good.yaml", Rule("Contoso.Good"));
        Write("typo.yaml", Rule("Contoso.Typo") + "  colour: red\n" + Rule("Contoso.Beside"));

        var rules = Load();

        Assert.Equal(["broken.yaml", "typo.yaml"], rules.Problems.Select(problem => Path.GetFileName(problem.File)));
        Assert.Contains("'colour'", rules.Problems[1].Message);
        Assert.Equal(7, rules.Problems[1].Line);
        Assert.Equal(["Contoso.AlsoThere", "Contoso.Broken", "Contoso.Typo"], Unreadable(rules));
        Assert.All(["Contoso.Good", "Contoso.Beside"], id => Assert.False(rules.Find(id)?.IsUnreadable));
        Assert.Equal("s3", rules.Find("Contoso.Broken")?.Service);
    }

    [Fact]
    public void AFileThatCannotBeReadAndOneOfNoRulesHaveAPlaceToo()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "a gone.yaml"), Path.Combine(_folder, "nowhere"));
        Write("list.yaml", "- just a text\n");
        File.WriteAllBytes(Path.Combine(_folder, "noise.yaml"), [0xC4, 0xD6, 0xDC]);

        var rules = Load();

        Assert.Equal(3, rules.Problems.Count);
        Assert.Equal(["Unreadable.agone", "Unreadable.list", "Unreadable.noise"], Unreadable(rules));
    }

    [Fact]
    public void ANameThatIsTakenLeavesTheRuleThatHasIt()
    {
        Write("mine.yaml", Rule("S3.BucketPublicAccessBlock") + Rule("Contoso.Good") + Rule("contoso.good"));

        var rules = Load();

        Assert.Equal(2, rules.Problems.Count);
        Assert.All(rules.Problems, problem => Assert.Contains("of this name already", problem.Message));
        Assert.Equal(["Unreadable.mine", "Unreadable.mine.2"], Unreadable(rules));
    }

    [Fact]
    public void AMistakeInATableIsToldOnceAndEachRowHasAPlace()
    {
        Write("table.yaml", """
            - id: Contoso.$(name)
              title: One of many
              severity: Low
              service: s3
              resource: AWS::S3::Bucket
              colour: red
              condition: {field: Name, exists: true}
              each:
                - {name: A}
                - {name: B}
            """);

        var rules = Load();

        Assert.Single(rules.Problems);
        Assert.Equal(2, Unreadable(rules).Length);
    }

    [Fact]
    public async Task WhatCannotBeReadIsNotAssessedInAnyAccountWhateverIsHarvested()
    {
        Write("typo.yaml", Rule("Contoso.Typo") + "  colour: red\n");
        Write("noise.yaml", ": [");
        using var harvest = new HarvestFixture();
        await harvest.RunAsync("s3");

        var findings = Assessor.Assess(harvest.Snapshot, Load(), new AssessmentOptions { Services = ["s3"] }).Where(finding => finding.RuleId is "Contoso.Typo" or "Unreadable.noise").ToList();

        Assert.Equal(2, findings.Count);
        Assert.All(findings, finding => Assert.Equal((FindingStatus.NotAssessed, "s3"), (finding.Status, finding.Service)));
        Assert.Contains(findings, finding => finding.Evidence.Contains("typo.yaml, line 7", StringComparison.Ordinal));
    }

    private static string Rule(string id) => $$"""
        - id: {{id}}
          title: A rule
          severity: Low
          service: s3
          resource: AWS::S3::Bucket
          condition: {field: Name, exists: true}

        """;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private RuleSet Load() => RuleSet.LoadShipped(Shipped.Content, _folder);

    private static string[] Unreadable(RuleSet rules) => [.. rules.Rules.Where(rule => rule.IsUnreadable).Select(rule => rule.Id)];
}
