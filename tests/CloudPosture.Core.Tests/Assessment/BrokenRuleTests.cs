using System;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

/// <summary>A rule that breaks over one resource costs that verdict alone.</summary>
public sealed class BrokenRuleTests
{
    private static readonly Rule Sound = Assert.Single(Given.RuleOnBuckets("{ field: Name, exists: true }").Rules);

    [Fact]
    public void The_rest_of_the_account_is_assessed()
    {
        var rules = new RuleSet(Shipped.Content.Catalog, [Sound with { Id = "Test.Broken", Condition = new BreaksOver("second") }, Sound]);

        var findings = Assessor.Assess(Given.Account(Given.Bucket("first", """{"Name":"first"}"""), Given.Bucket("second", """{"Name":"second"}""")), rules).ToList();

        Assert.Equal(
            [("Test.Broken", "first", FindingStatus.Pass), ("Test.Broken", "second", FindingStatus.NotAssessed), ("Test.Rule", "first", FindingStatus.Pass), ("Test.Rule", "second", FindingStatus.Pass)],
            findings.Select(finding => (finding.RuleId, finding.ResourceId, finding.Status)).Order());
        Assert.Contains("could not be applied", findings.Single(finding => finding.Status == FindingStatus.NotAssessed).Evidence, StringComparison.Ordinal);
    }

    private sealed class BreaksOver(string id) : Condition
    {
        public override bool LooksOutside => false;

        public override Verdict Evaluate(in Subject subject) => subject.Resource.Id == id ? throw new ArgumentException("An item with the same key has already been added.") : Verdict.True;

        public override void Explain(in Subject subject, Evidence evidence) => evidence.Add("fine");
    }
}
