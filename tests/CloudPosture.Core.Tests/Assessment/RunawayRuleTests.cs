using System;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

/// <summary>Rules that would take the process, or the run of all accounts, with them.</summary>
public sealed class RunawayRuleTests
{
    [Fact]
    public void A_file_nested_without_end_is_an_error_that_says_so()
    {
        var nested = string.Concat(Enumerable.Repeat("{not: ", 20_000)) + "{always: true}" + new string('}', 20_000);

        var problem = Assert.Throws<ContentException>(() => Given.RuleOnBuckets(nested));

        Assert.Contains("nested", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_stand_for_more_than_anybody_can_read_are_an_error_that_says_so()
    {
        var doubled = string.Concat(Enumerable.Range(1, 40).Select(i => $", &a{i} {{allOf: [*a{i - 1}, *a{i - 1}]}}"));

        var problem = Assert.Throws<ContentException>(() => Given.RuleOnBuckets($"{{anyOf: [&a0 {{field: Name, exists: true}}{doubled}]}}"));

        Assert.Contains("aliases stand for more", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{anyOf: [{field: Name, exists: true}, &a {not: *a}]}")]
    [InlineData("{anyOf: [&a {field: Name, exists: true}, &a {not: *a}]}")]
    [InlineData("*nowhere")]
    public void An_alias_within_what_it_stands_for_is_an_error_that_says_so(string condition)
    {
        var problem = Assert.Throws<ContentException>(() => Given.RuleOnBuckets(condition));

        Assert.Contains("stands for nothing that ends before it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_stands_for_what_a_person_wrote_before() =>
        Assert.Equal(FindingStatus.Pass, Given.Finding(Given.RuleOnBuckets("{allOf: [&a {field: Name, exists: true}, *a]}"), Given.Bucket("b1", """{"Name":"b1"}""")).Status);

    [Fact]
    public void An_expression_that_takes_too_long_is_not_assessed_and_the_other_resources_are_told_of_too()
    {
        var rules = Given.RuleOnBuckets("{field: Name, match: '^(a+)+$'}");
        var name = new string('a', 60) + "!";

        var finding = Given.Finding(rules, Given.Bucket("b1", $$"""{"Name":"{{name}}"}"""));

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("too long", finding.Evidence, StringComparison.Ordinal);
    }
}
