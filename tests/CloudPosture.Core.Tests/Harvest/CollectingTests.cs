using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What the catalog says is what is read.</summary>
public sealed class CollectingTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task WhatAwsStillWorksOnIsAskedAgain()
    {
        var answers = new Queue<string>([
            """{"JobStatus":"IN_PROGRESS"}""",
            """{"JobStatus":"IN_PROGRESS"}""",
            """{"JobStatus":"COMPLETED","ServicesLastAccessed":[{"ServiceNamespace":"s3"}]}"""]);
        Aws.On("iamlastaccess:ListUsers", """{"Users":[{"UserName":"ann","Arn":"arn:aws:iam::111122223333:user/ann"}]}""")
            .On("iamlastaccess:ListRoles", """{"Roles":[]}""")
            .On("iamlastaccess:GenerateServiceLastAccessedDetails", """{"JobId":"job-1"}""")
            .On("iamlastaccess:GetServiceLastAccessedDetails", _ => answers.Dequeue());

        await _harvest.RunAsync("iamlastaccess");

        var user = Assert.Single(_harvest.All("AWS::IAM::UserLastAccess"));
        Assert.Equal("s3", Assert.Single(user.Configuration.GetProperty("Services").EnumerateArray()).GetProperty("ServiceNamespace").GetString());
        Assert.Empty(answers);
        Assert.All(Aws.Calls.Where(call => call.Operation == "GetServiceLastAccessedDetails"), call => Assert.Contains("job-1", call.Input));
    }

    [Fact]
    public async Task CallsCompleteAnItem()
    {
        Aws.On("s3:ListBuckets", """{"Buckets":[{"Name":"logs","CreationDate":"2026-01-02T03:04:05+00:00"}]}""")
            .On("s3:GetBucketLocation", """{"LocationConstraint":"EU"}""")
            .On("s3:GetBucketPolicy", """{"Policy":"{\"Version\":\"2012-10-17\"}"}""")
            .On("s3:GetPublicAccessBlock", ScriptedAws.Error("NoSuchPublicAccessBlockConfiguration"))
            .On("s3:GetBucketAcl", """{"Owner":{"ID":"1"},"Grants":[]}""")
            .On("s3:GetBucketTagging", """{"TagSet":[{"Key":"team","Value":"red"}]}""");

        await _harvest.RunAsync("s3");

        var bucket = _harvest.One("AWS::S3::Bucket");
        Assert.Equal(("arn:aws:s3:::logs", "logs", "eu-west-1"), (bucket.Arn, bucket.Name, bucket.Region));
        Assert.Equal("red", bucket.Tags["team"]);
        Assert.Equal("2012-10-17", bucket.Configuration.GetProperty("Policy").GetProperty("Version").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, bucket.Configuration.GetProperty("PublicAccessBlock").ValueKind);
        Assert.Equal("1", bucket.Configuration.GetProperty("Acl").GetProperty("Owner").GetProperty("ID").GetString());
        Assert.Empty(bucket.Gaps);
        Assert.All(Aws.Calls.Where(call => call.Operation == "GetBucketAcl"), call => Assert.Equal("eu-west-1", call.Region));
    }

    // So AWS answers of a domain without an access policy.
    [Theory]
    [InlineData("", System.Text.Json.JsonValueKind.Null)]
    [InlineData("no document", System.Text.Json.JsonValueKind.String)]
    public async Task APolicyThatIsEmptyIsNone(string text, System.Text.Json.JsonValueKind expected)
    {
        Aws.On("opensearch:ListDomainNames", """{"DomainNames":[{"DomainName":"search"}]}""")
            .On("opensearch:DescribeDomain", $$$"""{"DomainStatus":{"DomainName":"search","AccessPolicies":"{{{text}}}"}}""")
            .On("opensearch:ListTags", """{"TagList":[]}""");

        await _harvest.RunAsync("opensearch");

        var domains = _harvest.All("AWS::OpenSearchService::Domain").ToList();
        Assert.NotEmpty(domains);
        Assert.All(domains, domain => Assert.Equal(expected, domain.Configuration.GetProperty("Domain").GetProperty("AccessPolicies").ValueKind));
    }

    [Fact]
    public async Task TheCallsThatCompleteAnItemAreMadeSideBySide()
    {
        var expected = Shipped.Content.Catalog.Service("s3").Resources.Single(resource => resource.Type == "AWS::S3::Bucket").Calls.Count(call => !call.First);
        var underWay = new CountdownEvent(expected);
        var together = new TaskCompletionSource();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Aws.On("s3:ListBuckets", """{"Buckets":[{"Name":"a"}]}""");
        Aws.Before = async (call, _) =>
        {
            if (call.Operation.Name is not ("ListBuckets" or "GetBucketLocation") && underWay.Signal())
            {
                together.SetResult();
            }

            await (underWay.CurrentCount < expected ? together.Task.WaitAsync(patience.Token) : Task.CompletedTask);
        };

        await _harvest.RunAsync("s3");

        var first = Aws.Calls.Single(call => call.Operation == "GetBucketLocation");
        Assert.Equal(expected, Aws.Calls.Count(call => call.Start > first.End));
        Assert.Empty(_harvest.One("AWS::S3::Bucket").Gaps);
    }

    [Fact]
    public async Task ATrailIsReadOnceAtItsHomeWhereverItIsListed()
    {
        Aws.On("cloudtrail:DescribeTrails", """
            {"trailList":[{"Name":"all","TrailARN":"arn:aws:cloudtrail:ap-south-1:999988887777:trail/all","HomeRegion":"ap-south-1","IsOrganizationTrail":true}]}
            """);

        await _harvest.RunAsync("cloudtrail");

        Assert.Equal("ap-south-1", _harvest.One("AWS::CloudTrail::Trail").Region);
        Assert.Equal("ap-south-1", Assert.Single(Aws.Calls, call => call.Operation == "GetTrailStatus").Region);
    }

    [Fact]
    public async Task AnApiKnowsWhatGuardsItsStages()
    {
        Aws.Regions("eu-west-1").On("apigateway:GetRestApis", """{"items":[{"id":"api"}]}""")
            .On("apigateway:GetStages", """{"item":[{"stageName":"prod","webAclArn":"arn:acl","variables":{"key":"hunter2"}}]}""");

        await _harvest.RunAsync("apigateway");

        var stage = Assert.Single(_harvest.All("AWS::ApiGateway::RestApi")[0].Configuration.GetProperty("Stages").EnumerateArray());
        Assert.Equal(("prod", "arn:acl"), (stage.GetProperty("stageName").GetString(), stage.GetProperty("webAclArn").GetString()));
        Assert.DoesNotContain("hunter2", stage.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConditionsDecideWhichCallsAreMade()
    {
        Aws.Regions("eu-west-1").On("kms:ListKeys", """{"Keys":[{"KeyId":"ours","KeyArn":"arn:1"},{"KeyId":"theirs","KeyArn":"arn:2"}]}""")
            .On("kms:DescribeKey", call => call.Input.GetProperty("KeyId").ValueEquals("ours") ? """{"KeyMetadata":{"KeyManager":"CUSTOMER"}}""" : """{"KeyMetadata":{"KeyManager":"AWS"}}""")
            .On("kms:GetKeyRotationStatus", """{"KeyRotationEnabled":true}""");

        await _harvest.RunAsync("kms");

        Assert.Equal(1, Aws.Count("kms:GetKeyRotationStatus"));
        var keys = _harvest.All("AWS::KMS::Key");
        Assert.True(keys[0].Configuration.GetProperty("Rotation").GetProperty("KeyRotationEnabled").GetBoolean());
        Assert.False(keys[1].Configuration.TryGetProperty("Rotation", out _));
    }

    [Fact]
    public async Task TheCredentialReportIsAwaitedAndTyped()
    {
        var states = new Queue<string>(["STARTED", "INPROGRESS", "COMPLETE"]);
        var report = "user,arn,password_enabled,password_last_used,mfa_active\n<root_account>,arn:aws:iam::111122223333:root,not_supported,2026-01-02T03:04:05+00:00,true\n\"a,b\",arn:u,false,no_information,N/A\n";
        Aws.On("iam:GenerateCredentialReport", _ => $$"""{"State":"{{states.Dequeue()}}"}""")
            .On("iam:GetCredentialReport", $$"""{"Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(report))}}"}""");

        await _harvest.RunAsync("iam");

        var lines = _harvest.All("AWS::IAM::CredentialReport");
        Assert.Equal(["<root_account>", "a,b"], lines.Select(line => line.Id));
        Assert.Equal("""{"user":"a,b","arn":"arn:u","password_enabled":false,"password_last_used":null,"mfa_active":null}""", lines[1].Configuration.GetRawText());
        Assert.True(lines[0].Configuration.GetProperty("mfa_active").GetBoolean());
        Assert.Equal("global", lines[0].Region);
    }

    [Fact]
    public async Task ALineOfTheCredentialReportThatDoesNotFitItsColumnsIsUnreadAlone()
    {
        var report = "user,arn,password_enabled,mfa_active\nann,arn:aws:iam::111122223333:user/ann,true,true\nb,c,arn:aws:iam::111122223333:user/x,y/b,c,true,false\nshort,arn:aws:iam::111122223333:user/short\ndora,arn:aws:iam::111122223333:user/dora,true,false\n";
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""")
            .On("iam:GetCredentialReport", $$"""{"Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(report))}}"}""");

        await _harvest.RunAsync("iam");

        var lines = _harvest.All("AWS::IAM::CredentialReport");
        Assert.Equal(["ann", "b,c", "dora", "short"], lines.Select(line => line.Id));
        Assert.Equal("arn:aws:iam::111122223333:user/x,y/b,c", lines[1].Arn);
        Assert.All(lines, line => Assert.Equal(line.Id is "b,c" or "short", line.Gaps.Any(gap => gap.Field == "mfa_active")));
        Assert.DoesNotContain(_harvest.Snapshot.Gaps, gap => gap.ResourceType == "AWS::IAM::CredentialReport" && gap.Field is null);
    }

    [Fact]
    public async Task ALineOfTheCredentialReportThatNamesNobodyLeavesTheOthersRead()
    {
        var report = "user,arn,password_enabled\nann,arn:aws:iam::111122223333:user/ann,true\nb,c,d,e\ndora,arn:aws:iam::111122223333:user/dora,true\n";
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""")
            .On("iam:GetCredentialReport", $$"""{"Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(report))}}"}""");

        await _harvest.RunAsync("iam");

        Assert.Equal(["ann", "dora"], _harvest.All("AWS::IAM::CredentialReport").Select(line => line.Id));
        Assert.Contains(_harvest.Snapshot.Gaps, gap => gap.ResourceType == "AWS::IAM::CredentialReport" && gap.Field is null);
    }

    [Fact]
    public async Task AnOrganizationsTreeIsWalked()
    {
        Aws.On("organizations:DescribeOrganization", $$$"""{"Organization":{"Id":"o-1","Arn":"arn:o","MasterAccountId":"{{{Account}}}"}}""")
            .On("organizations:ListRoots", """{"Roots":[{"Id":"r-1","Arn":"arn:r","Name":"Root"}]}""")
            .On("organizations:ListOrganizationalUnitsForParent", call => call.Input.GetProperty("ParentId").GetString() switch
            {
                "r-1" => """{"OrganizationalUnits":[{"Id":"ou-1","Arn":"arn:1","Name":"One"}]}""",
                "ou-1" => """{"OrganizationalUnits":[{"Id":"ou-2","Arn":"arn:2","Name":"Two"}]}""",
                _ => """{"OrganizationalUnits":[]}""",
            })
            .On("organizations:ListAccountsForParent", call => $$"""{"Accounts":[{"Id":"of-{{call.Input.GetProperty("ParentId").GetString()}}","Arn":"arn:a","Name":"A"}]}""");

        await _harvest.RunAsync("organizations");

        Assert.True(_harvest.Snapshot.IsManagementAccount);
        Assert.Equal(["ou-1", "ou-2"], _harvest.All("AWS::Organizations::OrganizationalUnit").Select(unit => unit.Id));
        Assert.Equal("ou-1", _harvest.All("AWS::Organizations::OrganizationalUnit")[1].Configuration.GetProperty("ParentId").GetString());
        Assert.Equal(["of-ou-1", "of-ou-2", "of-r-1"], _harvest.All("AWS::Organizations::Account").Select(account => account.Id));
    }

    [Fact]
    public async Task AMemberIsNotAskedWhatOnlyTheManagementAccountKnows()
    {
        Aws.On("organizations:DescribeOrganization", """{"Organization":{"Id":"o-1","Arn":"arn:o","MasterAccountId":"999988887777"}}""");

        await _harvest.RunAsync("organizations");

        Assert.Equal(["DescribeOrganization"], Aws.Calls.Select(call => call.Operation).Distinct());
        Assert.False(_harvest.Snapshot.IsManagementAccount);
        Assert.Empty(_harvest.Snapshot.Gaps);
    }

    [Fact]
    public async Task WhetherAnAccountManagesIsUnknownWhereItCannotBeAsked()
    {
        Aws.On("organizations:DescribeOrganization", ScriptedAws.Denied);

        await _harvest.RunAsync("organizations");

        Assert.Contains(_harvest.Snapshot.Gaps, gap => gap.ResourceType == "AWS::Organizations::Policy" && gap.Reason == GapReason.AccessDenied);
    }
}
