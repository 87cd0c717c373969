using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Aws;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Sandbox;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What users of such tools complain about where something was not read, each as something that cannot happen here.</summary>
public sealed class UsersAskForTheWholeTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    /// <summary>"The token expired in the middle of the scan, and some checks were silently missed."</summary>
    [Fact]
    public async Task ATokenThatExpiresMidwayLeavesNoCheckOutSilently()
    {
        Aws.Regions("eu-west-1").On("s3:ListBuckets", """{"Buckets":[{"Name":"a"}]}""")
            .On("kms:ListKeys", ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials, "The token has expired"));

        var summary = Assert.Single(await _harvest.RunAsync("s3", "kms", "iam", "guardduty"));

        Assert.Equal(AccountStatus.Incomplete, summary.Status);
        Assert.Contains("expired", summary.Failure);
        var findings = Assess(_harvest.Lake.LatestAccount(Account)!);
        Assert.Contains(findings, finding => finding.RuleId.StartsWith("S3.", StringComparison.Ordinal) && finding.Status is FindingStatus.Pass or FindingStatus.Fail);
        foreach (var rule in LakeContents.Rules.Rules.Where(rule => rule.Service is "kms" or "iam" or "guardduty" && !rule.ManagementAccountOnly))
        {
            Assert.Contains(findings, finding => finding.RuleId == rule.Id);
            Assert.All(findings.Where(finding => finding.RuleId == rule.Id), finding => Assert.Equal((FindingStatus.NotAssessed, true), (finding.Status, finding.Evidence.Contains("expired", StringComparison.Ordinal))));
        }
    }

    /// <summary>The same where nothing of an account could be read at all; and once it can, nothing of that is left.</summary>
    [Fact]
    public async Task AnAccountThatCannotBeReadIsNotAssessedUntilItIs()
    {
        Aws.Before = (_, _) => throw ScriptedAws.Error("InvalidClientTokenId", AwsErrorKind.InvalidCredentials, "The security token is invalid");
        var failed = Assert.Single(await _harvest.RunAsync("s3", "iam"));

        Assert.Equal(AccountStatus.Failed, failed.Status);
        var findings = Assess(_harvest.Lake.LatestAccount(Account)!);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(FindingStatus.NotAssessed, finding.Status));
        Assert.Equal(["iam", "s3"], findings.Select(finding => finding.Service).Distinct().Order(StringComparer.Ordinal));

        Aws.Before = (_, _) => Task.CompletedTask;
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""");
        await _harvest.RunAsync(_harvest.Request() with { Resume = failed.HarvestId });
        Assert.DoesNotContain(Assess(_harvest.Snapshot), finding => finding.Evidence.Contains("security token", StringComparison.Ordinal));
    }

    /// <summary>"Role chaining caps sessions at an hour, and a longer one is refused."</summary>
    [Fact]
    public async Task AHarvestThatOutlastsItsSessionsGoesOnWithNewOnes()
    {
        await using var harvest = await SandboxHarvest.StartAsync();
        var expected = await harvest.UndisturbedAsync("iam", "s3", "sns");
        var calls = 0L;
        harvest.Server.Calls.Counted = number =>
        {
            if (Interlocked.Increment(ref calls) % 200 == 0)
            {
                harvest.Server.EndSessions();
            }
        };

        var summaries = await harvest.RunAsync(harvest.RenewingRequest(services: ["iam", "s3", "sns"]));

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 0L), (summary.Status, summary.Gaps)));
        Assert.Equal(expected, LakeContents.Of(harvest.Lake));
    }

    /// <summary>"FAIL because the caller lacks a permission", "shown as publicly accessible because the policy could not be read".</summary>
    [Theory]
    [InlineData("elasticfilesystem:DescribeFileSystemPolicy", "EFS.FileSystemPublicPolicy")]
    [InlineData("organizations:DescribeOrganization", "Organizations.Guardrails")]
    [InlineData("organizations:ListPolicies", "Organizations.Guardrails")]
    [InlineData("s3:GetBucketPolicy", "S3.BucketSecureTransport")]
    [InlineData("iam:GetAccountAuthorizationDetails", "IAM.InlinePolicyFullAdmin")]
    [InlineData("ec2:DescribeSecurityGroups", "EC2.SecurityGroupAdminPortsIpv4")]
    [InlineData("rds:DescribeDBSnapshotAttributes", "RDS.SnapshotPublic")]
    public async Task WhatMayNotBeReadNeitherPassesNorFails(string action, string rule)
    {
        await using var harvest = await SandboxHarvest.StartAsync(new SandboxOptions { Accounts = 1, Regions = 1 });
        harvest.Server.Deny(action);

        await harvest.RunAsync(await harvest.RequestAsync());

        var findings = LakeContents.Findings(harvest.Lake).Where(finding => finding.RuleId == rule).ToLookup(finding => finding.Status);
        Assert.NotEmpty(findings[FindingStatus.NotAssessed]);
        Assert.All(findings[FindingStatus.NotAssessed], finding => Assert.Contains(action, finding.Evidence));

        // AWS lets nobody share a snapshot that it made itself: that was read.
        Assert.All(findings[FindingStatus.Pass], finding => Assert.Equal("SnapshotType = automated", finding.Evidence));

        // What fails does so by something else that was read, and rightly.
        Assert.All(findings[FindingStatus.Fail], finding => Assert.Contains(harvest.Server.Organization.Planted, planted => planted.RuleId == rule && planted.ResourceId == finding.ResourceId));
    }

    private static IReadOnlyList<Finding> Assess(IAccountSnapshot account) => [.. Assessor.Assess(account, LakeContents.Rules)];
}
