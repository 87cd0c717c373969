using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Tests.Harvest;

/// <summary>A service that has nothing but faults to say in a Region is asked again by one call, for which the others wait.</summary>
public sealed class FirstAnswersTests : IDisposable
{
    private static readonly string[] Lists = ["DescribeCacheClusters", "DescribeCacheSubnetGroups", "DescribeReplicationGroups"];
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task AServiceThatIsDownIsRepeatedByOneCallAlone()
    {
        Aws.Before = (call, _) => Lists.Contains(call.Operation.Name) ? throw Fault : Task.CompletedTask;

        var summary = Assert.Single(await _harvest.RunAsync(Request() with { MaxCall = 100 }));

        Assert.Equal((AccountStatus.Failed, Lists.Length + 2), (summary.Status, Asked()));
        Assert.All(Lists, list => Assert.Contains(_harvest.Snapshot.Gaps, gap => gap.Operation == list));
    }

    [Fact]
    public async Task WhenItAnswersAgainTheOthersAreRepeatedToo()
    {
        Aws.Before = async (call, _) =>
        {
            await Task.Yield();
            if (Lists.Contains(call.Operation.Name) && Aws.Count("elasticache:" + call.Operation.Name) == 0)
            {
                throw Fault;
            }
        };

        var summary = Assert.Single(await _harvest.RunAsync(Request()));

        Assert.Equal((AccountStatus.Complete, 0L, 2 * Lists.Length), (summary.Status, summary.Gaps, Asked()));
    }

    [Fact]
    public async Task WhereItAnsweredBeforeEveryFaultIsRepeated()
    {
        Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:a"},{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:b"}]}""").On("sns:GetTopicAttributes", Fault);

        await _harvest.RunAsync(_harvest.Request("sns") with { Targets = [HarvestFixture.Target() with { Regions = ["eu-west-1"] }], MaxCall = 100 });

        Assert.Equal(6, Aws.Count("sns:GetTopicAttributes"));
    }

    private static AwsServiceException Fault => new("InternalError: it broke") { Code = "InternalError", Kind = AwsErrorKind.Transient, HttpStatus = 500 };

    private int Asked() => Lists.Sum(list => Aws.Count("elasticache:" + list));

    private HarvestRequest Request() => _harvest.Request("elasticache") with { Targets = [HarvestFixture.Target() with { Regions = ["eu-west-1"] }] };
}
