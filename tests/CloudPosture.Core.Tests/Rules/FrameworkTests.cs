using System;
using System.IO;
using System.Linq;

namespace CloudPosture.Tests.Rules;

public sealed class FrameworkTests
{
    // The numbers of requirements of each standard, or of the part of it that an account can show.
    [Theory]
    [InlineData("cis-aws-foundations-1.4.0", 58)]
    [InlineData("cis-aws-foundations-1.5.0", 63)]
    [InlineData("cis-aws-foundations-2.0.0", 64)]
    [InlineData("cis-aws-foundations-3.0.0", 62)]
    [InlineData("cis-aws-foundations-4.0.1", 64)]
    [InlineData("aws-foundational-security-best-practices", 368)]
    [InlineData("securityhub-cis-1.2.0", 42)]
    [InlineData("securityhub-cis-1.4.0", 39)]
    [InlineData("securityhub-cis-3.0.0", 37)]
    [InlineData("securityhub-cis-5.0.0", 40)]
    [InlineData("securityhub-nist-800-53-r5", 298)]
    [InlineData("securityhub-nist-800-171-r2", 63)]
    [InlineData("securityhub-pci-dss-3.2.1", 44)]
    [InlineData("securityhub-pci-dss-4.0.1", 142)]
    [InlineData("securityhub-resource-tagging", 140)]
    [InlineData("securityhub-ai-security-best-practices", 31)]
    [InlineData("pci-dss-4.0.1", 106)]
    [InlineData("nist-800-53-r5", 287)]
    [InlineData("nist-800-53-r4", 64)]
    [InlineData("nist-800-171-r2", 50)]
    [InlineData("nist-csf-1.1", 56)]
    [InlineData("nist-csf-2.0", 106)]
    [InlineData("fedramp-low-r4", 18)]
    [InlineData("fedramp-moderate-r4", 63)]
    [InlineData("fedramp-20x-ksi-low", 11)]
    [InlineData("cisa-cyber-essentials", 16)]
    [InlineData("cmmc-2.0", 149)]
    [InlineData("cis-controls-8.1", 153)]
    [InlineData("pci-dss-3.2.1", 147)]
    [InlineData("aws-well-architected-security", 57)]
    [InlineData("aws-well-architected-reliability", 3)]
    [InlineData("aws-control-tower-guardrails", 14)]
    [InlineData("aws-foundational-technical-review", 45)]
    [InlineData("aws-ai-security-framework", 63)]
    [InlineData("aws-account-security-onboarding", 83)]
    public void HoldsEveryRequirement(string framework, int requirements) =>
        Assert.Equal(requirements, ShippedRules.Benchmarks.Find(framework)!.Requirements.Count);

    [Fact]
    public void EveryFileLoadsUnderItsOwnName() =>
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(ShippedRules.Repository, "module", "frameworks"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
            ShippedRules.Benchmarks.Select(benchmark => benchmark.Id).Order(StringComparer.Ordinal));

    // A sentence that fits every requirement tells nobody what to look at.
    [Fact]
    public void WhatAPersonLooksAtIsSaidForEachRequirement() =>
        Assert.All(
            ShippedRules.Benchmarks,
            benchmark => Assert.DoesNotContain(
                benchmark.Requirements.Where(requirement => requirement.Manual is not null).GroupBy(requirement => requirement.Manual),
                texts => texts.Count() > 3));

    [Fact]
    public void NoRequirementNamesARuleTwice() =>
        Assert.All(
            ShippedRules.Benchmarks.SelectMany(benchmark => benchmark.Requirements),
            requirement => Assert.Equal(requirement.Rules.Distinct(), requirement.Rules));
}
