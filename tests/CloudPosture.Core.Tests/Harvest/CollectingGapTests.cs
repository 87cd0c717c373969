using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What could not be read is a gap, and nothing else is.</summary>
public sealed class CollectingGapTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task WhatAwsNeverFinishesIsAGap()
    {
        Aws.On("iamlastaccess:ListUsers", """{"Users":[{"UserName":"ann","Arn":"arn:aws:iam::111122223333:user/ann"}]}""")
            .On("iamlastaccess:ListRoles", """{"Roles":[]}""")
            .On("iamlastaccess:GenerateServiceLastAccessedDetails", """{"JobId":"job-1"}""")
            .On("iamlastaccess:GetServiceLastAccessedDetails", """{"JobStatus":"IN_PROGRESS","ServicesLastAccessed":[]}""");

        await _harvest.RunAsync("iamlastaccess");

        Assert.Equal("NotComplete", Assert.Single(Assert.Single(_harvest.All("AWS::IAM::UserLastAccess")).Gaps).Code);
    }

    [Fact]
    public async Task APolicyThatIsNoJsonIsAskedForAgainAndThenMissing()
    {
        var pages = 0;
        Aws.On("s3:ListBuckets", """{"Buckets":[{"Name":"a"},{"Name":"b"}]}""").On("s3:GetBucketPolicy", call =>
            call.Input.GetProperty("Bucket").ValueEquals("a") && pages++ > 0 ? """{"Policy":"{\"Statement\":[]}"}""" : """{"Policy":"<html>Please sign in.</html>"}""");

        await _harvest.RunAsync("s3");

        var buckets = _harvest.All("AWS::S3::Bucket").ToDictionary(bucket => bucket.Id);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, buckets["a"].Configuration.GetProperty("Policy").ValueKind);
        Assert.False(buckets["b"].Configuration.TryGetProperty("Policy", out _));
        Assert.Equal(("Policy", GapReason.Failed), Assert.Single(buckets["b"].Gaps) is var gap ? (gap.Field, gap.Reason) : default);
    }

    [Fact]
    public async Task WhatIsDeniedIsAGapAndTheRestIsRead()
    {
        Aws.On("s3:ListBuckets", """{"Buckets":[{"Name":"a"},{"Name":"b"}]}""").On("s3:GetBucketPolicy", ScriptedAws.Denied);

        var summary = Assert.Single(await _harvest.RunAsync("s3"));

        Assert.All(_harvest.All("AWS::S3::Bucket"), bucket =>
        {
            var gap = Assert.Single(bucket.Gaps);
            Assert.Equal(("Policy", "s3:GetBucketPolicy", GapReason.AccessDenied), (gap.Field, gap.Action, gap.Reason));
            Assert.False(bucket.Configuration.TryGetProperty("Policy", out _));
            Assert.True(bucket.Configuration.TryGetProperty("Versioning", out _));
        });
        Assert.Single(_harvest.Snapshot.Gaps);
        Assert.Equal((AccountStatus.Complete, 2L, 1L), (summary.Status, summary.Denied, summary.Gaps));
    }

    [Fact]
    public async Task WhatDependsOnADeniedAnswerIsAGapToo()
    {
        Aws.Regions("eu-west-1").On("kms:ListKeys", """{"Keys":[{"KeyId":"k","KeyArn":"arn:k"}]}""").On("kms:DescribeKey", ScriptedAws.Denied);

        await _harvest.RunAsync("kms");

        var key = _harvest.One("AWS::KMS::Key");
        Assert.Equal(["Metadata", "Policy", "Rotation", "Tags"], key.Gaps.Select(gap => gap.Field).Order(StringComparer.Ordinal));
        Assert.All(key.Gaps, gap => Assert.Equal(("DescribeKey", "kms:DescribeKey", GapReason.AccessDenied), (gap.Operation, gap.Action, gap.Reason)));
    }

    [Fact]
    public async Task AResourceThatVanishedMeanwhileIsNoGap()
    {
        Aws.On("s3:ListBuckets", """{"Buckets":[{"Name":"a"},{"Name":"gone"}]}""")
            .On("s3:GetBucketVersioning", call => call.Input.GetProperty("Bucket").ValueEquals("gone") ? ScriptedAws.Error("NoSuchBucket") : "{}");

        await _harvest.RunAsync("s3");

        Assert.Equal("a", _harvest.One("AWS::S3::Bucket").Id);
        Assert.Empty(_harvest.Snapshot.Gaps);
    }

    [Fact]
    public async Task AFunctionWithoutAPolicyIsKeptAndOneThatVanishedIsNot()
    {
        Aws.Regions("eu-west-1")
            .On("lambda:ListFunctions", """{"Functions":[{"FunctionName":"a","FunctionArn":"arn:a","Version":"$LATEST"},{"FunctionName":"gone","FunctionArn":"arn:gone","Version":"$LATEST"}]}""")
            .On("lambda:ListAliases", """{"Aliases":[]}""")
            .On("lambda:GetPolicy", _ => ScriptedAws.Error("ResourceNotFoundException"))
            .On("lambda:ListFunctionUrlConfigs", """{"FunctionUrlConfigs":[]}""")
            .On("lambda:ListTags", call => call.Input.GetProperty("Resource").ValueEquals("arn:gone") ? ScriptedAws.Error("ResourceNotFoundException") : """{"Tags":{}}""");

        await _harvest.RunAsync("lambda");

        Assert.Equal("a", _harvest.One("AWS::Lambda::Function").Id);
    }

    [Fact]
    public async Task ADeniedListIsAGapOfTheTypeInItsRegion()
    {
        Aws.On("sns:ListTopics", call => call.Target.Region == "eu-west-1" ? ScriptedAws.Denied : """{"Topics":[{"TopicArn":"arn:t"}]}""");

        await _harvest.RunAsync("sns");

        var gap = Assert.Single(_harvest.Snapshot.Gaps);
        Assert.Equal(("AWS::SNS::Topic", null, "eu-west-1", "ListTopics"), (gap.ResourceType, gap.Field, gap.Region, gap.Operation));
        Assert.Equal("us-east-1", _harvest.One("AWS::SNS::Topic").Region);
    }

    [Fact]
    public async Task TheMessageTellsASwitchedOffServiceFromAMissingPermission()
    {
        Aws.On("macie:GetMacieSession", call => ScriptedAws.Error("AccessDeniedException", AwsErrorKind.AccessDenied, call.Target.Region == "eu-west-1" ? "Macie is not enabled." : "not authorized"));

        await _harvest.RunAsync("macie");

        Assert.Equal("us-east-1", Assert.Single(_harvest.Snapshot.Gaps).Region);
    }

    [Fact]
    public async Task ARegionThatIsNotEnabledIsToldFromOneThatIsDeniedOrLacksTheService()
    {
        Aws.On("ec2:DescribeRegions", """{"Regions":[{"RegionName":"eu-west-1","OptInStatus":"opt-in-not-required"},{"RegionName":"af-south-1","OptInStatus":"not-opted-in"}]}""")
            .On("macie:GetMacieSession", call => call.Target.Region switch
            {
                "eu-west-1" => ScriptedAws.Denied,
                _ => new AwsServiceException("no host", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)) { Kind = AwsErrorKind.Unreachable, Code = "Unreachable" },
            });

        await _harvest.RunAsync(_harvest.Request("macie") with { Targets = [Target() with { Regions = ["eu-west-1", "af-south-1", "eu-south-1"] }] });

        Assert.Equal(
            [("af-south-1", GapReason.RegionDisabled), ("eu-south-1", GapReason.ServiceUnavailable), ("eu-west-1", GapReason.AccessDenied)],
            _harvest.Snapshot.Gaps.Select(gap => (gap.Region, gap.Reason)).OrderBy(gap => gap.Region, StringComparer.Ordinal));
        Assert.DoesNotContain(Aws.Calls, call => call.Region == "af-south-1");
    }

    [Fact]
    public async Task ARegionThatHangsIsNotAskedForEveryType()
    {
        Aws.On("ec2:DescribeInstances", Hang).On("ec2:DescribeVpcs", Hang).On("ec2:DescribeSubnets", Hang);

        await _harvest.RunAsync("ec2");

        Assert.All(_harvest.Snapshot.Gaps, gap => Assert.Equal(("eu-west-1", GapReason.Unreachable), (gap.Region, gap.Reason)));
        Assert.NotEmpty(_harvest.Snapshot.Gaps);

        static object Hang(AwsCall call) => call.Target.Region == "eu-west-1" ? ScriptedAws.Error("Unreachable", AwsErrorKind.Unreachable) : ScriptedAws.Nothing(call);
    }

    [Fact]
    public async Task AnAnswerThatCannotBeUnderstoodIsAGap()
    {
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""")
            .On("iam:GetCredentialReport", """{"Content":"PGh0bWw+"}""")
            .On("iam:ListVirtualMFADevices", ScriptedAws.Error("MalformedAnswer", AwsErrorKind.Malformed));

        var summary = Assert.Single(await _harvest.RunAsync("iam"));

        // The way to AWS may have damaged what came in one piece from nowhere else; a report that is none came as AWS sent it.
        Assert.Equal(AccountStatus.Incomplete, summary.Status);
        Assert.DoesNotContain("CredentialReport", summary.Failure);
        Assert.Equal(
            ["AWS::IAM::CredentialReport", "AWS::IAM::VirtualMFADevice"],
            _harvest.Snapshot.Gaps.Where(gap => gap.Reason == GapReason.Failed && gap.Field is null).Select(gap => gap.ResourceType).Order());
    }

    [Theory]
    [InlineData("999900001111", "TrailNotFoundException", 1, 2)]
    [InlineData("999900001111", "AccessDeniedException", 1, 2)]
    [InlineData(HarvestFixture.Account, "TrailNotFoundException", 1, 2)]
    public async Task WhatAnotherAccountSharesIsNotTakenForDeleted(string owner, string error, int trails, int gaps)
    {
        using var fixture = new HarvestFixture();
        fixture.Aws.On("cloudtrail:DescribeTrails", $$"""{"trailList":[{"Name":"all","HomeRegion":"us-east-1","TrailARN":"arn:aws:cloudtrail:us-east-1:{{owner}}:trail/all","IsOrganizationTrail":true}]}""");
        var refusal = error == "AccessDeniedException" ? ScriptedAws.Denied : ScriptedAws.Error(error);
        fixture.Aws.On("cloudtrail:GetTrailStatus", refusal);
        fixture.Aws.On("cloudtrail:GetEventSelectors", refusal);

        await fixture.RunAsync("cloudtrail");

        Assert.Equal((trails, gaps), (fixture.All("AWS::CloudTrail::Trail").Count, fixture.All("AWS::CloudTrail::Trail").Sum(trail => trail.Gaps.Count)));
    }

    [Fact]
    public async Task AnAnswerWithoutEndIsAskedForOnceAndAGap()
    {
        var asked = 0;
        Aws.On("s3:ListBuckets", _ =>
        {
            asked++;
            return new AwsServiceException("It is longer.", new MalformedAnswerException("It is longer.") { IsTooLong = true }) { Kind = AwsErrorKind.Malformed, Code = "MalformedAnswer" };
        });

        await _harvest.RunAsync("s3");

        Assert.Equal(1, asked);
        Assert.Contains(_harvest.Snapshot.Gaps, gap => gap is { ResourceType: "AWS::S3::Bucket", Reason: GapReason.Failed });
    }
}
