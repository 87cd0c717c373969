using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Assessment;

public sealed class OthersSharingTests
{
    private const string Agent = "AWS::S3::Bucket";
    private const string Rule = """{derived: othersSharing, with: {owner: Owner, among: [{type: "AWS::S3::Bucket", value: Role.Arn, but: [{field: State, in: [GONE]}]}]}, equals: 0}""";

    [Fact]
    public void What_is_shared_in_another_Region_or_through_another_resource_of_ones_own_is_shared()
    {
        var rule = Given.Rule(Agent, Rule);
        var mine = Given.Bucket("a", """{"Owner":"A","Role":{"Arn":"r1"}}""");
        var mineToo = Given.Bucket("a2", """{"Owner":"A","Role":{"Arn":"r2"}}""");
        var theirs = Given.Bucket("b", """{"Owner":"B","Role":{"Arn":"r2"}}""") with { Region = "us-east-1" };

        Assert.Equal([FindingStatus.Pass, FindingStatus.Pass], Statuses(rule, mine, mineToo));
        Assert.Equal([FindingStatus.Fail, FindingStatus.Fail, FindingStatus.Fail], Statuses(rule, mine, mineToo, theirs));
    }

    [Fact]
    public void What_does_not_count_is_not_shared() => Assert.Equal(
        [FindingStatus.Pass, FindingStatus.Pass],
        Statuses(Given.Rule(Agent, Rule), Given.Bucket("a", """{"Owner":"A","Role":{"Arn":"r"}}"""), Given.Bucket("b", """{"Owner":"B","State":"GONE","Role":{"Arn":"r"}}""")));

    [Fact]
    public void What_another_holds_and_could_not_be_read_may_be_shared()
    {
        var unread = Given.Bucket("b", """{"Owner":"B"}""", Given.Gap("AWS::S3::Bucket", "Role"));

        Assert.Equal([FindingStatus.NotAssessed, FindingStatus.NotAssessed], Statuses(Given.Rule(Agent, Rule), Given.Bucket("a", """{"Owner":"A","Role":{"Arn":"r"}}"""), unread));
    }

    [Fact]
    public void A_rule_that_names_no_place_is_told_how()
    {
        var problem = Assert.Throws<ContentException>(() => Given.Rule(Agent, "{derived: othersSharing, with: {owner: Owner, among: []}, equals: 0}"));

        Assert.Contains("'among' needs at least one place", problem.Message);
    }

    private static IEnumerable<FindingStatus> Statuses(RuleSet rules, params Resource[] resources) =>
        Assessor.Assess(Given.Account(resources), rules).Select(finding => finding.Status);
}
