using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Tests.Rules;

public sealed class RuleBehaviourTests
{
    public static TheoryData<string> Ids => ShippedRules.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void WhereNothingCouldBeReadNothingIsJudged(string rule)
    {
        var gaps = Shipped.Content.Catalog.Services.Concat(Shipped.Content.Catalog.Events).SelectMany(service => service.Resources, (service, resource) => new ReadGap
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
