using System;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

public sealed class FindingsTests : IDisposable
{
    private const string Account1 = "111122223333";
    private const string Account2 = "444455556666";
    private readonly TemporaryLake _lake = new();

    public FindingsTests()
    {
        using var h1 = _lake.Write("h1", Noon);
        using var h2 = _lake.Write("h2", Noon.AddDays(1));
    }

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void AFindingComesBackAsItWasWritten()
    {
        var finding = Finding("h1", Account1, "S3.Rule", "b\n\"ucket") with { Evidence = "Policy.Statement[0] = {\"Effect\":\"Allow\"}" };
        Write("h1", Account1, finding);

        Assert.Equal(finding, Assert.Single(_lake.Lake.ReadFindings(new())));
    }

    [Fact]
    public void TheLatestAssessmentOfEachAccountCounts()
    {
        Write("h1", Account1, Finding("h1", Account1, "A", "old"));
        Write("h1", Account2, Finding("h1", Account2, "A", "only"));
        Write("h2", Account1, Finding("h2", Account1, "A", "new"));

        Assert.Equal(["new", "only"], Resources(new()));
        Assert.Equal(["old", "only"], Resources(new() { HarvestId = "h1" }));
    }

    [Fact]
    public void AssessingAgainReplacesTheFindings()
    {
        Write("h1", Account1, Finding("h1", Account1, "A", "first"), Finding("h1", Account1, "A", "second"));
        Write("h1", Account1, Finding("h1", Account1, "A", "third"));
        using (var abandoned = _lake.Lake.WriteFindings("h1", Account1))
        {
            abandoned.Add(Finding("h1", Account1, "A", "lost"));
        }

        Assert.Equal(["third"], Resources(new()));
    }

    [Fact]
    public void TheAssessmentThatWasMadeLastCountsWhicheverHarvestBeganFirst()
    {
        Write("h2", Account1, Finding("h2", Account1, "A", "before"));
        Write("h1", Account1, Finding("h1", Account1, "A", "resumed"));

        Assert.Equal(["resumed"], Resources(new()));
    }

    [Fact]
    public void AnAssessmentLeavesTheFindingsOfServicesThatItIsNotAboutInPlace()
    {
        using (HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h3", StartedAt = Noon.AddDays(2), Services = ["s3", "kms"] }))
        {
        }

        Write("h2", Account1, Finding("h2", Account1, "A", "bucket"), Finding("h2", Account1, "B", "role") with { Service = "iam" }, Finding("h2", Account1, "C", "key") with { Service = "kms" });
        Write("h3", Account1, Finding("h3", Account1, "A", "new bucket"));

        Assert.Equal(["new bucket", "role"], Resources(new()));
        Assert.Equal(["role"], Resources(new() { Services = ["iam"] }));
        Assert.Equal(["new bucket"], Resources(new() { HarvestId = "h3" }));
    }

    [Fact]
    public void QueriesNarrowByEachMember()
    {
        Write(
            "h1",
            Account1,
            Finding("h1", Account1, "S3.A", "a") with { Severity = Severity.Critical },
            Finding("h1", Account1, "IAM.B", "b") with { Status = FindingStatus.Pass, Service = "iam", Region = "global" },
            Finding("h1", Account1, "IAM.C", "c") with { Connection = "other" });

        Assert.Equal(["a"], Resources(new() { Severities = [Severity.Critical] }));
        Assert.Equal(["b"], Resources(new() { Statuses = [FindingStatus.Pass, FindingStatus.Manual] }));
        Assert.Equal(["b", "c"], Resources(new() { RuleIds = ["iam.b", "IAM.C"] }));
        Assert.Equal(["b"], Resources(new() { Services = ["iam"] }));
        Assert.Equal(["b"], Resources(new() { Regions = ["global"] }));
        Assert.Equal(["c"], Resources(new() { Connections = ["other"] }));
        Assert.Equal(["a"], Resources(new() { Resources = ["arn:aws:x:::a"] }));
        Assert.Empty(Resources(new() { AccountIds = [Account2] }));
    }

    private static Finding Finding(string harvest, string account, string rule, string resource) => new()
    {
        FindingId = Guid.NewGuid().ToString("N"),
        RuleId = rule,
        Title = "Things are as they should be",
        Status = FindingStatus.Fail,
        Severity = Severity.Medium,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = resource,
        ResourceArn = "arn:aws:x:::" + resource,
        ResourceName = resource,
        AccountId = account,
        AccountName = "name",
        Region = "eu-west-1",
        Evidence = "Encryption is null",
        FirstSeen = Noon,
        LastSeen = Noon.AddTicks(12345),
        Connection = "prod",
        HarvestId = harvest,
    };

    private void Write(string harvest, string account, params Finding[] findings)
    {
        using var writer = _lake.Lake.WriteFindings(harvest, account);
        foreach (var finding in findings)
        {
            writer.Add(finding);
        }

        writer.Commit();
    }

    private string[] Resources(FindingQuery query) =>
        [.. _lake.Lake.ReadFindings(query).Select(finding => finding.ResourceId).OrderBy(id => id, StringComparer.Ordinal)];
}
