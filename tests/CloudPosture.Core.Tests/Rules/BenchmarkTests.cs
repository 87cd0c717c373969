using System.Linq;

namespace CloudPosture.Tests.Rules;

public sealed class BenchmarkTests
{
    // The numbers of requirements that each published version has, by label and level.
    [Theory]
    [InlineData("7.0.0", 70, 34, 41)]
    [InlineData("6.0.0", 63, 35, 41)]
    [InlineData("5.0.0", 63, 35, 41)]
    public void HoldsEveryRequirementOfItsVersion(string version, int all, int automated, int levelOne)
    {
        var benchmark = ShippedRules.Benchmarks.Find("cis-aws-foundations-" + version)!;

        Assert.Equal(version, benchmark.Version);
        Assert.Equal(all, benchmark.Requirements.Count);
        Assert.Equal(automated, benchmark.Requirements.Count(requirement => requirement.IsAutomated == true));
        Assert.Equal(all - automated, benchmark.Requirements.Count(requirement => requirement.IsAutomated == false));
        Assert.Equal(levelOne, benchmark.Requirements.Count(requirement => requirement.Level == 1));
    }

    [Fact]
    public void WhatABenchmarkCallsAutomatedIsAnsweredByRules() =>
        Assert.All(
            ShippedRules.Benchmarks.SelectMany(benchmark => benchmark.Requirements).Where(requirement => requirement.IsAutomated == true),
            requirement => Assert.NotEmpty(requirement.Rules));

    [Fact]
    public void TheEncryptionOfVolumesIsAskedOfVolumesUntilVersion7AndOfTheRegionsDefaultSince()
    {
        Assert.Equal(["EC2.VolumeEncryption"], RulesOf("5.0.0", "5.1.1"));
        Assert.Equal(["EC2.VolumeEncryption"], RulesOf("6.0.0", "6.1.1"));
        Assert.Equal(["EC2.EbsDefaultEncryption"], RulesOf("7.0.0", "6.1.1"));
    }

    // CIS begins every title with one of these; ours are in our own words.
    [Fact]
    public void TitlesAreNotThePublishersWords() =>
        Assert.All(
            ShippedRules.Benchmarks.SelectMany(benchmark => benchmark.Requirements).Select(requirement => requirement.Title)
                .Concat(ShippedRules.Rules.Rules.Select(rule => rule.Title)),
            title => Assert.DoesNotMatch("^(Ensure|Maintain|Eliminate|Do not) ", title));

    private static string[] RulesOf(string version, string requirement) =>
        [.. ShippedRules.Benchmarks.Find("cis-aws-foundations-" + version)!.Requirements.Single(candidate => candidate.Id == requirement).Rules];
}
