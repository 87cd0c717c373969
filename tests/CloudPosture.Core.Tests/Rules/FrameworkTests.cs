using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Benchmarks;

namespace CloudPosture.Tests.Rules;

public sealed class FrameworkTests
{
    /// <summary>The fifteen alarms of CIS are looked for in one way.</summary>
    private const int MostSharing = 15;

    private const int LongList = 10;
    private const int MostWithOneList = 3;

    private static readonly Regex Sentence = new(@"(?<=[.?!:;])\s+", RegexOptions.CultureInvariant);

    private static readonly Regex Counter = new(@"\s*\((?:[a-z ]+ )?\w{1,2}\)$", RegexOptions.CultureInvariant);

    // The numbers of requirements of each standard, or of the part of it that an account can show.
    [Theory]
    [InlineData("cis-aws-foundations-1.4.0", 58)]
    [InlineData("cis-aws-foundations-1.5.0", 63)]
    [InlineData("cis-aws-foundations-2.0.0", 64)]
    [InlineData("cis-aws-foundations-3.0.0", 62)]
    [InlineData("cis-aws-foundations-4.0.1", 64)]
    [InlineData("aws-foundational-security-best-practices", 367)]
    [InlineData("securityhub-cis-1.2.0", 42)]
    [InlineData("securityhub-cis-1.4.0", 39)]
    [InlineData("securityhub-cis-3.0.0", 37)]
    [InlineData("securityhub-cis-5.0.0", 40)]
    [InlineData("securityhub-nist-800-53-r5", 297)]
    [InlineData("securityhub-nist-800-171-r2", 63)]
    [InlineData("securityhub-pci-dss-3.2.1", 44)]
    [InlineData("securityhub-pci-dss-4.0.1", 141)]
    [InlineData("securityhub-resource-tagging", 140)]
    [InlineData("securityhub-ai-security-best-practices", 31)]
    [InlineData("pci-dss-4.0.1", 280)]
    [InlineData("nist-800-53-r5", 476)]
    [InlineData("nist-800-53-r4", 64)]
    [InlineData("nist-800-171-r2", 110)]
    [InlineData("nist-csf-1.1", 56)]
    [InlineData("nist-csf-2.0", 106)]
    [InlineData("fedramp-low-r4", 18)]
    [InlineData("fedramp-moderate-r4", 63)]
    [InlineData("fedramp-20x-ksi-low", 11)]
    [InlineData("fedramp-20x-ksi-2026", 46)]
    [InlineData("fedramp-20x-class-c", 193)]
    [InlineData("ncsc-caf-4.0", 41)]
    [InlineData("ncsc-cloud-security-principles", 23)]
    [InlineData("cisa-cyber-essentials", 16)]
    [InlineData("cmmc-2.0", 149)]
    [InlineData("cis-controls-8.1", 153)]
    [InlineData("pci-dss-3.2.1", 147)]
    [InlineData("aws-well-architected-security", 57)]
    [InlineData("aws-well-architected-reliability", 20)]
    [InlineData("aws-control-tower-guardrails", 14)]
    [InlineData("aws-foundational-technical-review", 45)]
    [InlineData("aws-ai-security-framework", 63)]
    [InlineData("aws-account-security-onboarding", 83)]
    [InlineData("soc-2", 61)]
    [InlineData("hipaa", 62)]
    [InlineData("mitre-attack", 46)]
    [InlineData("iso-27001-2022", 93)]
    [InlineData("cis-aws-foundations-7.0.0", 70)]
    [InlineData("ens-rd2022", 189)]
    [InlineData("kisa-isms-p-2023", 101)]
    [InlineData("kisa-isms-p-2023-korean", 101)]
    [InlineData("secnumcloud-3.2", 92)]
    [InlineData("ccc-2025.10", 172)]
    [InlineData("ffiec", 44)]
    [InlineData("rbi", 9)]
    [InlineData("gxp-21-cfr-part-11", 11)]
    [InlineData("gxp-eu-annex-11", 14)]
    [InlineData("iso-27001-2013", 79)]
    [InlineData("c5-2025", 610)]
    [InlineData("csa-ccm-4.0", 65)]
    [InlineData("dora", 18)]
    [InlineData("nis2", 120)]
    [InlineData("gdpr", 21)]
    [InlineData("essential-eight", 48)]
    public void HoldsEveryRequirement(string framework, int requirements) =>
        Assert.Equal(requirements, ShippedRules.Benchmarks.Find(framework)!.Requirements.Count);

    [Fact]
    public void EveryFileLoadsUnderItsOwnName() =>
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(ShippedRules.Repository, "module", "frameworks"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
            ShippedRules.Benchmarks.Select(benchmark => benchmark.Id).Order(StringComparer.Ordinal));

    // A sentence that fits every requirement tells nobody what to look at.
    [Fact]
    public void WhatAPersonLooksAtIsSaidForEachRequirementInWordsOfItsOwn() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(
            Texts(benchmark).GroupBy(requirement => WithoutIts(requirement), StringComparer.OrdinalIgnoreCase).Where(same => same.Skip(1).Any()).Select(same => string.Join(", ", same.Select(requirement => requirement.Id)))));

    [Fact]
    public void WhatAPersonLooksAtIsMoreThanAWord() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(Texts(benchmark).Where(requirement => requirement.Manual!.Trim().Length < 60).Select(requirement => $"{benchmark.Id}/{requirement.Id}: {requirement.Manual}")));

    // Half of it may be shared by some that are looked at in the same place, never by all.
    [Fact]
    public void NoSentenceIsThatOfAWholeStandard() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(
            Texts(benchmark).SelectMany(requirement => Sentence.Split(requirement.Manual!).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
                .GroupBy(sentence => sentence, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > MostSharing).Select(same => $"{benchmark.Id}: {same.Key}")));

    [Fact]
    public void NoRequirementNamesARuleTwice() =>
        Assert.All(
            ShippedRules.Benchmarks.SelectMany(benchmark => benchmark.Requirements),
            requirement => Assert.Equal(requirement.Rules.Distinct(), requirement.Rules));

    // A list that fits four requirements was put there by the chapter, not by what each asks.
    [Fact]
    public void NoLongListOfRulesIsThatOfMoreThanThreeRequirements() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(
            benchmark.Requirements.Where(requirement => requirement.Rules.Count >= LongList)
                .GroupBy(requirement => string.Join(' ', requirement.Rules.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .Where(same => same.Count() > MostWithOneList)
                .Select(same => string.Join(", ", same.Select(requirement => requirement.Id)))));

    [Fact]
    public void NoTwoRequirementsOfAFrameworkHaveOneTitle() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(
            benchmark.Requirements.GroupBy(requirement => (requirement.Section, requirement.Level, requirement.Title)).Where(same => same.Skip(1).Any()).Select(same => $"{benchmark.Id}: {same.Key.Title}")));

    // A title with a number behind it, or one that is cut, does not tell what is asked.
    [Fact]
    public void NoTitleIsCutOrThatOfAnotherWithANumber() =>
        Assert.All(ShippedRules.Benchmarks, benchmark => Assert.Empty(
            benchmark.Requirements.Where(requirement => requirement.Title.EndsWith('…')).Select(requirement => requirement.Id)
                .Concat(benchmark.Requirements.GroupBy(requirement => (requirement.Section, requirement.Level, Counter.Replace(requirement.Title, ""))).Where(same => same.Skip(1).Any()).Select(same => string.Join(", ", same.Select(requirement => requirement.Id))))));

    // A framework is about the configuration; events are read only where somebody asks for them.
    [Fact]
    public void EveryRuleAnswersARequirement() =>
        Assert.Empty(ShippedRules.Rules.Rules.Where(rule => !Shipped.Content.Catalog.EventNames.Contains(rule.Service)).Select(rule => rule.Id).Except(ShippedRules.Benchmarks.SelectMany(benchmark => benchmark.Requirements).SelectMany(requirement => requirement.Rules)));

    // Where Security Hub's control and our rule have the same verdict, its standards ask the rule.
    [Fact]
    public void AControlOfSecurityHubIsAnsweredByTheRuleOfTheSameVerdict()
    {
        var answers = ShippedRules.Rules.Rules.SelectMany(rule => rule.Equivalents.GetValueOrDefault("securityHub", []).Select(control => (control, rule.Id))).ToLookup(one => one.control, one => one.Id);
        Assert.Empty(
            from benchmark in ShippedRules.Benchmarks
            where benchmark.Id.StartsWith("securityhub-", StringComparison.Ordinal) || benchmark.Id == "aws-foundational-security-best-practices"
            from requirement in benchmark.Requirements
            where requirement.Rules.Count == 0 && answers.Contains(requirement.Id)
            select $"{benchmark.Id} {requirement.Id}: {string.Join(", ", answers[requirement.Id])}");
    }

    private static IEnumerable<Requirement> Texts(Benchmark benchmark) => benchmark.Requirements.Where(requirement => requirement.Manual is not null);

    // A text that only puts in number and title is the same for all.
    private static string WithoutIts(Requirement requirement) =>
        requirement.Manual!.Replace(requirement.Id, "", StringComparison.OrdinalIgnoreCase).Replace(requirement.Title, "", StringComparison.OrdinalIgnoreCase);
}
