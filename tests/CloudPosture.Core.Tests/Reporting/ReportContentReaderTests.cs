using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Reporting;

public sealed class ReportContentReaderTests
{
    private const string One = "111111111111";
    private const string Two = "222222222222";

    [Fact]
    public void A_lake_tells_accounts_findings_gaps_and_resources()
    {
        using var lake = Filled();

        var content = Reader(lake).Read(now: TemporaryLake.Noon);

        Assert.Equal([One, Two], content.Accounts.Select(account => account.AccountId));
        Assert.Equal(["name of " + One, "name of " + Two], content.Accounts.Select(account => account.AccountName));
        Assert.Equal([One, Two], content.Findings.Select(finding => finding.AccountId));
        Assert.Equal([new ReportResourceCount(One, "AWS::s3", 2), new ReportResourceCount(Two, "AWS::s3", 1)], content.Resources);
        Assert.Equal(TemporaryLake.Noon, content.CreatedAt);
    }

    [Fact]
    public void Accounts_that_are_not_asked_for_are_not_told_of()
    {
        using var lake = Filled();

        var content = Reader(lake).Read(new FindingQuery { AccountIds = [Two], HarvestId = "h1" });

        Assert.Equal([Two], content.Accounts.Select(account => account.AccountId));
        Assert.Equal([Two], content.Findings.Select(finding => finding.AccountId));
        Assert.Equal([Two], content.Resources.Select(count => count.AccountId));
    }

    private static ReportContentReader Reader(TemporaryLake lake) => new(lake.Lake, new RuleSet(Shipped.Content.Catalog, []), []);

    private static TemporaryLake Filled()
    {
        var lake = new TemporaryLake();
        using (var writer = lake.Write())
        {
            TemporaryLake.Commit(writer, One, "s3", TemporaryLake.Noon, "a", "b");
            TemporaryLake.Commit(writer, Two, "s3", TemporaryLake.Noon, "c");
        }

        foreach (var account in new[] { One, Two })
        {
            using var findings = lake.Lake.WriteFindings("h1", account, TemporaryLake.Noon);
            findings.Add(Estate.Finding(0, 1, "thing") with { AccountId = account });
            findings.Commit();
        }

        return lake;
    }
}
