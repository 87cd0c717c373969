using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Protocols;
using CloudPosture.Harvest.Accounts;
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
    public async Task OfOptionsWhatSwitchesStaysAndWhatMayBeSecretIsJudged()
    {
        Aws.Regions("eu-west-1")
            .On("elasticbeanstalk:DescribeEnvironments", """{"Environments":[{"EnvironmentName":"shop","EnvironmentId":"e-1","ApplicationName":"shop","EnvironmentArn":"arn:aws:elasticbeanstalk:eu-west-1:111122223333:environment/shop/shop"}]}""")
            .On("elasticbeanstalk:DescribeConfigurationSettings", """
                {"ConfigurationSettings":[{"OptionSettings":[
                    {"Namespace":"aws:elasticbeanstalk:cloudwatch:logs","OptionName":"StreamLogs","Value":"true"},
                    {"Namespace":"aws:elasticbeanstalk:application:environment","OptionName":"DB_PASSWORD","Value":"correct-horse-battery"}]}]}
                """);

        await _harvest.RunAsync("elasticbeanstalk");

        var options = Assert.Single(_harvest.All("AWS::ElasticBeanstalk::Environment")).Configuration.GetProperty("Options");
        Assert.Equal("true", options[0].GetProperty("Value").GetString());
        Assert.True(options[1].GetProperty("Value").TryGetProperty("Secret", out _));
        Assert.DoesNotContain("correct-horse-battery", options.ToString());
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
    public async Task SecretsAndCustomersValuesAreNeverStored()
    {
        Aws.Regions("eu-west-1").On("lambda:ListFunctions", """{"Functions":[{"FunctionName":"f","FunctionArn":"arn:f","Environment":{"Variables":{"PASSWORD":"hunter2"}}}]}""")
            .On("apigateway:GetRestApis", """{"items":[{"id":"api"}]}""")
            .On("apigateway:GetStages", """{"item":[{"stageName":"prod","variables":{"key":"hunter2"}}]}""");

        await _harvest.RunAsync("lambda", "apigateway");

        Assert.Equal(4, _harvest.Snapshot.Resources().Count());
        Assert.DoesNotContain(_harvest.Snapshot.Resources(), resource => resource.Configuration.GetRawText().Contains("hunter2"));
    }

    [Fact]
    public async Task WhatAListCannotBeToldToLeaveOutIsLeftOut()
    {
        Aws.Regions("eu-west-1").On("sns:ListTopics", """{"Topics":[]}""")
            .On("sns:ListSubscriptions", """{"Subscriptions":[{"SubscriptionArn":"PendingConfirmation","Protocol":"http"},{"SubscriptionArn":"arn:s","Protocol":"https","Endpoint":"https://robot:hunter2@example.com"}]}""");

        await _harvest.RunAsync("sns");

        var subscription = _harvest.One("AWS::SNS::Subscription");
        Assert.Equal("arn:s", subscription.Id);
        Assert.DoesNotContain("hunter2", subscription.Configuration.GetRawText());
    }

    [Fact]
    public async Task ConnectionsAndInterfacesThatWereDeletedOfLateAreGone()
    {
        Aws.Regions("eu-west-1")
            .On("directconnect:DescribeConnections", """{"connections":[{"connectionId":"c1","connectionState":"deleted"},{"connectionId":"c2","connectionState":"down"},{"connectionId":"c3","connectionState":"rejected"}]}""")
            .On("directconnect:DescribeVirtualInterfaces", """{"virtualInterfaces":[{"virtualInterfaceId":"v1","virtualInterfaceState":"deleting"},{"virtualInterfaceId":"v2","virtualInterfaceState":"available"}]}""")
            .On("directconnect:DescribeDirectConnectGateways", """{"directConnectGateways":[]}""");

        await _harvest.RunAsync("directconnect");

        Assert.Equal("c2", _harvest.One("AWS::DirectConnect::Connection").Id);
        Assert.Equal("v2", _harvest.One("AWS::DirectConnect::VirtualInterface").Id);
    }

    [Fact]
    public async Task CustomModelsOfOthersAreNotAskedFor()
    {
        var own = new List<bool>();
        Aws.Regions("eu-west-1").On("bedrock:ListCustomModels", call =>
        {
            own.Add(call.Input.GetProperty("isOwned").GetBoolean());
            return """{"modelSummaries":[]}""";
        });

        await _harvest.RunAsync("bedrock");

        Assert.Equal([true], own);
    }

    [Fact]
    public async Task OfAnAgentsVersionTheRoleIsKeptAndItsTextsAreNot()
    {
        Aws.Regions("eu-west-1").On("bedrockagent:ListAgents", """{"agentSummaries":[{"agentId":"A1","agentName":"helper"}]}""")
            .On("bedrockagent:GetAgent", """{"agent":{"agentId":"A1","agentResourceRoleArn":"arn:aws:iam::111122223333:role/draft"}}""")
            .On("bedrockagent:ListAgentAliases", """{"agentAliasSummaries":[{"agentAliasId":"TSTALIASID","agentAliasName":"t","agentAliasStatus":"PREPARED","routingConfiguration":[{"agentVersion":"DRAFT"}]},{"agentAliasId":"L1","agentAliasName":"live","agentAliasStatus":"PREPARED","aliasInvocationState":"ACCEPT_INVOCATIONS","routingConfiguration":[{"agentVersion":"7"}]},{"agentAliasId":"L2","agentAliasName":"new","agentAliasStatus":"CREATING"}]}""")
            .On("bedrockagent:GetAgentVersion", call => call.Input.GetProperty("agentVersion").ValueEquals("7")
                ? """{"agentVersion":{"version":"7","instruction":"hunter2","promptOverrideConfiguration":{"overrideLambda":"hunter2"},"agentResourceRoleArn":"arn:aws:iam::111122223333:role/live"}}"""
                : new InvalidOperationException("The draft's role comes with the agent."))
            .On("bedrockagent:ListKnowledgeBases", """{"knowledgeBaseSummaries":[]}""").On("bedrockagent:ListPrompts", """{"promptSummaries":[]}""");

        await _harvest.RunAsync("bedrockagent");

        Assert.Empty(_harvest.Snapshot.Gaps);
        var aliases = _harvest.All("AWS::Bedrock::AgentAlias");
        Assert.Equal(["L1", "L2"], aliases.Select(alias => alias.Id).Order());
        var live = aliases.Single(alias => alias.Id == "L1").Configuration;
        Assert.Equal("A1", live.GetProperty("agentId").GetString());
        Assert.Equal("arn:aws:iam::111122223333:role/live", live.GetProperty("Version").GetProperty("agentResourceRoleArn").GetString());
        Assert.DoesNotContain("hunter2", live.GetRawText());
        Assert.Equal(1, Aws.Count("bedrockagent:GetAgentVersion"));
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
}
