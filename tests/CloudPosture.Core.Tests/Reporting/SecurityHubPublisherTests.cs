using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Publishing;
using CloudPosture.Reporting.SecurityHub;
using CloudPosture.Tests.Aws;

namespace CloudPosture.Tests.Reporting;

/// <summary>What AWS refused is not counted as published.</summary>
public sealed class SecurityHubPublisherTests
{
    [Theory]
    [InlineData(FindingStatus.Fail, 2, 0)]
    [InlineData(FindingStatus.Pass, 0, 2)]
    public async Task OnlyWhatAwsTookIsCounted(FindingStatus status, int imported, int archived)
    {
        IReadOnlyList<Finding> findings = [.. Enumerable.Range(0, 3).Select(i => ReportSamples.One with { FindingId = $"{i:00000000000000000000000000000000}", Status = status })];
        var ids = findings.Select(AsffFinding.IdOf).ToList();
        var present = string.Join(",", ids.Select(id => $$"""{"Id":"{{id}}","AwsAccountId":"111122223333","RecordState":"ACTIVE"}"""));
        var aws = new StubTransport(
            () => StubTransport.Answer($$"""{"Findings":[{{present}}]}"""),
            () => StubTransport.Answer($$"""{"SuccessCount":2,"FailedCount":1,"FailedFindings":[{"Id":"{{ids[1]}}","ErrorCode":"InvalidInput","ErrorMessage":"no"}]}"""));
        using var client = aws.Client();
        var publisher = new SecurityHubPublisher(client, ReportSamples.Library, ReportSamples.Now);

        var outcome = await publisher.PublishAsync(StubTransport.Call("securityhub", "GetFindings").Target, new PublishedPlace("111122223333", "eu-west-1", findings), lake: null, default);

        Assert.Equal((imported, archived, ids[1]), (outcome.Imported, outcome.Archived, Assert.Single(outcome.Failures).Id));
    }
}
