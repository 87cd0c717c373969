using System;
using System.Linq;
using CloudPosture.Catalog;
using CloudPosture.Lake;

namespace CloudPosture.Tests.Rules;

public sealed class RuleBehaviourTests
{
    private static readonly string[] Kinds = ["pass", "fail", "none"];

    public static TheoryData<string> Ids => ShippedRules.Ids;

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (var (rule, kind) in RuleFixture.Rules.SelectMany(rule => Kinds, (rule, kind) => (rule, kind)))
            {
                for (var number = 0; number < RuleFixture.Count(rule, kind); number++)
                {
                    cases.Add(rule, kind, number);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void JudgesAsItsFixtureSays(string rule, string kind, int number)
    {
        var statuses = RuleFixture.Assess(rule, kind, number).Distinct();

        Assert.Equal(kind switch { "pass" => [FindingStatus.Pass], "fail" => [FindingStatus.Fail], _ => Array.Empty<FindingStatus>() }, statuses);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void WhereNothingCouldBeReadNothingIsJudged(string rule)
    {
        var gaps = ServiceCatalog.Default.Services.SelectMany(service => service.Resources, (service, resource) => new ReadGap
        {
            Service = service.Name,
            ResourceType = resource.Type,
            Region = resource.IsGlobal ? "global" : RuleFixture.Region,
            Operation = "Any",
            Reason = GapReason.AccessDenied,
            Code = "AccessDenied",
            Message = "not allowed",
        });

        Assert.Equal([FindingStatus.NotAssessed], RuleFixture.Assess(rule, [], [.. gaps]).Distinct());
    }
}
