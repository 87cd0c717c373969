using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Rules;

namespace CloudPosture.Tests.Rules;

public sealed class RuleContentTests
{
    private static readonly string[] Placeholders = ["{resourceId}", "{resourceArn}", "{resourceName}", "{region}", "{accountId}"];

    public static TheoryData<string> Ids => ShippedRules.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void TellsWhyAndHowToPutItRight(string id)
    {
        var rule = Rule(id);

        Assert.True(rule.Rationale.Length > 40, "The rationale is too short to name a risk.");
        Assert.False(string.IsNullOrWhiteSpace(rule.Remediation.Cli ?? rule.Remediation.PowerShell));
        Assert.NotEmpty(rule.Tags);
        Assert.NotEmpty(rule.References);
        Assert.All(rule.References, reference => Assert.StartsWith("https://docs.aws.amazon.com/", reference));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void RemediationHasOnlyPlaceholdersThatAreFilledIn(string id)
    {
        var rule = Rule(id);

        foreach (Match braces in Regex.Matches(rule.Remediation.PowerShell + rule.Remediation.Cli, @"\{[A-Za-z]+\}"))
        {
            Assert.Contains(braces.Value, Placeholders);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EquivalentsAreFormedAsTheirToolsFormThem(string id)
    {
        var equivalents = Rule(id).Equivalents;

        Assert.Empty(equivalents.Keys.Except(["config", "prowler", "securityHub"]));
        IReadOnlyList<string> Of(string tool) => equivalents.TryGetValue(tool, out var ids) ? ids : [];
        Assert.All(Of("prowler"), check => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)+$", check));
        Assert.All(Of("securityHub"), control => Assert.Matches(@"^[A-Z][A-Za-z0-9]+\.[1-9][0-9]*$", control));
        Assert.All(Of("config"), rule => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)+$", rule));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReasonsForADifferenceNameTheChecksThatDiffer(string id)
    {
        var rule = Rule(id);

        Assert.Subset(rule.Equivalents.Values.SelectMany(checks => checks).ToHashSet(), rule.Differs.Keys.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ServiceAndTypesAreInTheCatalog(string id)
    {
        var rule = Rule(id);
        var types = Shipped.Content.Catalog.Services.Concat(Shipped.Content.Catalog.Events).SelectMany(service => service.Resources).Select(resource => resource.Type).ToHashSet();

        Assert.Contains(rule.Service, Shipped.Content.Catalog.Names.Concat(Shipped.Content.Catalog.EventNames));
        Assert.All(rule.ResourceTypes, type => Assert.Contains(type, types));
    }

    [Fact]
    public void NoTwoRulesHaveTheSameTitle() =>
        Assert.Equal(ShippedRules.Rules.Rules.Count, ShippedRules.Rules.Rules.Select(rule => rule.Title).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    private static Rule Rule(string id) => ShippedRules.Rules.Find(id)!;
}
