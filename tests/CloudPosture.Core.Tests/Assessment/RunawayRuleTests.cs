using System;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Lake;

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
    public void An_expression_that_takes_too_long_is_not_assessed_and_the_other_resources_are_told_of_too()
    {
        var rules = Given.RuleOnBuckets("{field: Name, match: '^(a+)+$'}");
        var name = new string('a', 60) + "!";

        var finding = Given.Finding(rules, Given.Bucket("b1", $$"""{"Name":"{{name}}"}"""));

        Assert.Equal(FindingStatus.NotAssessed, finding.Status);
        Assert.Contains("too long", finding.Evidence, StringComparison.Ordinal);
    }
}
