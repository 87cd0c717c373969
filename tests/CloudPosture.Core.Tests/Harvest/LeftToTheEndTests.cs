using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Tests.Harvest;

/// <summary>What failed again and again is asked once more when all else of the account is read.</summary>
public sealed class LeftToTheEndTests : IDisposable
{
    private const string List = "sns:ListTopics";
    private readonly HarvestFixture _harvest = new();

    private static AwsServiceException Fault => new("InternalError: it broke") { Code = "InternalError", Kind = AwsErrorKind.Transient, HttpStatus = 500 };

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task AServiceWithAFaultIsReadAgainAtTheEndOfTheAccount()
    {
        Aws.On(List, _ => Aws.Count(List) < 3 ? Fault : """{"Topics":[{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:a"}]}""");

        var summary = Assert.Single(await _harvest.RunAsync(Request()));

        Assert.Equal((AccountStatus.Complete, 2, 0L), (summary.Status, summary.Services, summary.Gaps));
        Assert.Single(_harvest.All("AWS::SNS::Topic"));
        Assert.Equal(4, Aws.Count(List));
        Assert.True(Aws.Calls.Where(call => call.Service == "kms").Max(call => call.End) < Aws.Calls.Where(call => call.Operation == "ListTopics").Max(call => call.Start));
    }

    [Fact]
    public async Task AServiceThatStillHasItThenIsAskedOnceAndLeftToBeResumed()
    {
        Aws.On(List, Fault);

        var summary = Assert.Single(await _harvest.RunAsync(Request()));

        Assert.Equal(AccountStatus.Incomplete, summary.Status);
        Assert.Contains("A service could not be read to the end: sns", summary.Failure, StringComparison.Ordinal);
        Assert.Equal(4, Aws.Count(List));
        Assert.Equal("ListTopics", Assert.Single(_harvest.Snapshot.Gaps).Operation);
    }

    [Fact]
    public async Task WhereAnotherRegionAnswersTheFailingOneIsAskedOnceMoreAllTheSame()
    {
        var asked = 0;
        Aws.On(List, call => call.Target.Region == "us-east-1" && ++asked > 0 ? Fault : """{"Topics":[]}""");
        var request = Request();

        var summary = Assert.Single(await _harvest.RunAsync(request with { Targets = [request.Targets[0] with { Regions = ["eu-west-1", "us-east-1"] }] }));

        Assert.Equal((AccountStatus.Incomplete, 1L, 4), (summary.Status, summary.Gaps, asked));
    }

    [Fact]
    public async Task WithABudgetItIsNotAskedAgain()
    {
        Aws.On(List, Fault);

        await _harvest.RunAsync(Request() with { MaxCall = 100 });

        Assert.Equal(3, Aws.Count(List));
    }

    private HarvestRequest Request() =>
        _harvest.Request("sns", "kms") with { Targets = [HarvestFixture.Target() with { Regions = ["eu-west-1"] }] };
}
