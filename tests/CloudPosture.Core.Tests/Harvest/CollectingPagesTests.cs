using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Tests.Harvest;

/// <summary>Lists are read page by page, to their end and no further.</summary>
public sealed class CollectingPagesTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task AListIsReadPageByPage()
    {
        Aws.Pages("s3:ListBuckets", "ContinuationToken", "ContinuationToken", "Buckets", """[{"Name":"a"},{"Name":"b"}]""", """[{"Name":"c"}]""");

        var summary = Assert.Single(await _harvest.RunAsync("s3"));

        Assert.Equal(["a", "b", "c"], _harvest.All("AWS::S3::Bucket").Select(bucket => bucket.Id));
        Assert.Equal((AccountStatus.Complete, 3L, 0L), (summary.Status, summary.Resources, summary.Gaps));
    }

    [Fact]
    public async Task LargePagesAreReadLikeSmallOnes()
    {
        string[] ids = [.. Enumerable.Range(0, 600).Select(number => $"i-{number:000}")];
        var pages = ids.Chunk(200).Select(page => "[" + string.Join(",", page.Chunk(3).Select(Reservation)) + "]").ToArray();
        Aws.Regions("eu-west-1").Pages("ec2:DescribeInstances", "NextToken", "NextToken", "Reservations", pages);

        await _harvest.RunAsync("ec2");

        var instances = _harvest.All("AWS::EC2::Instance");
        Assert.All(pages, page => Assert.True(page.Length > 100_000));
        Assert.Equal(ids, instances.Select(instance => instance.Id).Order(StringComparer.Ordinal));
        Assert.All(instances, instance => Assert.Equal((instance.Id + " \u00fc", "vpc-1"), (instance.Name, instance.Configuration.GetProperty("VpcId").GetString())));

        static string Reservation(string[] ids) => $$"""{"OwnerId": "1", "Instances": [{{string.Join(", ", ids.Select(id => $$"""
            {"InstanceId": "{{id}}", "Tags": [{"Key": "Name", "Value": "{{id}} \u00fc"}], "Note": "{{new string('x', 500)}}", "VpcId": "vpc-1"}
            """))}}]}""";
    }

    [Fact]
    public async Task PagesOfACompletingCallAreJoined()
    {
        Aws.Regions("eu-west-1").On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:t"}]}""")
            .On("sns:GetTopicAttributes", """{"Attributes":{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Policy":"{\"Id\":\"x\"}","DisplayName":"{}"}}""")
            .Pages("sns:ListSubscriptionsByTopic", "NextToken", "NextToken", "Subscriptions", """[{"Endpoint":"1"}]""", """[{"Endpoint":"2"}]""");

        await _harvest.RunAsync("sns");

        var topic = _harvest.One("AWS::SNS::Topic").Configuration;
        Assert.Equal(2, topic.GetProperty("Subscriptions").GetArrayLength());
        Assert.Equal("x", topic.GetProperty("Attributes").GetProperty("Policy").GetProperty("Id").GetString());
        Assert.Equal("{}", topic.GetProperty("Attributes").GetProperty("DisplayName").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task PagesThatNeverEndAreCutAndToldAndWhatTheyHeldIsKept(int circle)
    {
        var page = 0;
        Aws.On("s3:ListBuckets", _ => $$"""{"Buckets":[{"Name":"b{{page}}"}],"ContinuationToken":"{{page++ % circle}}"}""");

        await _harvest.RunAsync("s3");

        Assert.InRange(page, 1, 50);
        Assert.NotEmpty(_harvest.All("AWS::S3::Bucket"));
        Assert.Contains(_harvest.Snapshot.Gaps, gap => gap.ResourceType == "AWS::S3::Bucket" && gap.Field is null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task PagesThatComeAgainUnderFreshTokensAreCutAndTheirItemsKeptOnce(int different)
    {
        var page = 0;
        Aws.On("s3:ListBuckets", _ => $$"""{"Buckets":[{"Name":"b{{page++ % different}}"}],"ContinuationToken":"{{Guid.NewGuid()}}"}""");

        await _harvest.RunAsync("s3");

        Assert.Equal(different + 3, page);
        Assert.Equal(different, _harvest.All("AWS::S3::Bucket").Count);
        Assert.Equal("EndlessPages", Assert.Single(_harvest.Snapshot.Gaps).Code);
    }

    [Fact]
    public async Task ACompletingCallWhosePagesComeAgainIsAGapOfItsField()
    {
        var calls = 0;
        Aws.Regions("eu-west-1").On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:t"}]}""")
            .On("sns:ListSubscriptionsByTopic", _ => $$"""{"Subscriptions":[{"Endpoint":"1"}],"NextToken":"{{calls++}}"}""");

        await _harvest.RunAsync("sns");

        Assert.InRange(calls, 1, 5);
        Assert.Equal(("Subscriptions", "EndlessPages"), _harvest.One("AWS::SNS::Topic").Gaps.Select(gap => (gap.Field, gap.Code)).Single());
    }

    [Fact]
    public async Task EmptyPagesAreNoFaultUnlessTheyNeverEnd()
    {
        var page = 0;
        Aws.On("s3:ListBuckets", _ => ++page == 300 ? """{"Buckets":[{"Name":"last"}]}""" : $$"""{"Buckets":[],"ContinuationToken":"{{page}}"}""");
        await _harvest.RunAsync("s3");
        Assert.Equal("last", _harvest.One("AWS::S3::Bucket").Id);
        Assert.Empty(_harvest.Snapshot.Gaps);

        page = 1000;
        await _harvest.RunAsync("s3");
        Assert.InRange(page, 1001, 2100);
        Assert.Equal("EndlessPages", Assert.Single(_harvest.Snapshot.Gaps).Code);
    }

    [Fact]
    public async Task AListThatChangesWhileItIsReadMayShowAPageTwice()
    {
        Aws.Pages("s3:ListBuckets", "ContinuationToken", "ContinuationToken", "Buckets", """[{"Name":"a"}]""", """[{"Name":"b"}]""", """[{"Name":"b"}]""", """[{"Name":"c"}]""");

        await _harvest.RunAsync("s3");

        Assert.Equal(["a", "b", "c"], _harvest.All("AWS::S3::Bucket").Select(bucket => bucket.Id));
        Assert.Empty(_harvest.Snapshot.Gaps);
    }
}
