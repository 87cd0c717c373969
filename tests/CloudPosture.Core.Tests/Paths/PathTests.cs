using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Paths;
using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Paths;

/// <summary>Paths with answers that are known.</summary>
public sealed class PathTests
{
    [Fact]
    public void A_path_names_its_steps_with_method_action_and_statement_and_the_cheapest_cut()
    {
        var path = Assert.Single(new Estate().ToAdmin());

        Assert.Equal((Severity.Critical, true, "Internet", "i-1", "role strong"), (path.Severity, path.IsCertain, path.From, path.ResourceId, path.Goal));
        Assert.Equal("Internet > tcp 22 > Instance i-1 > acts-as > role app > lambda.create-and-invoke > role strong", path.Path);
        Assert.Equal([PathStepKind.Network, PathStepKind.Role, PathStepKind.Escalation], path.Steps.Select(step => step.Kind));
        Assert.Equal("Internet > igw-1 > rtb-1 > acl-1 > sg-1 > eni-1 > i-1", path.Steps[0].Through);
        Assert.Contains("iam:PassRole on arn:aws:iam::111122223333:role/strong", path.Steps[2].Actions);
        Assert.Equal("inline policy own: statement 1; inline policy own: statement 2; inline policy own: statement 3", path.Steps[2].Statements);
        Assert.Equal((3, "Take iam:PassRole on arn:aws:iam::111122223333:role/strong from role app: inline policy own: statement 1"), (path.CutStep, path.Cut));
    }

    [Theory]
    [InlineData("AWS::SecretsManager::Secret", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:s", "secretsmanager:GetSecretValue", true)]
    [InlineData("AWS::DynamoDB::Table", "arn:aws:dynamodb:eu-central-1:111122223333:table/t", "dynamodb:Scan", true)]
    [InlineData("AWS::RDS::DBInstance", "arn:aws:rds:eu-central-1:111122223333:db:d", "rds:ModifyDBInstance", false)]
    [InlineData("AWS::SQS::Queue", "arn:aws:sqs:eu-central-1:111122223333:q", "sqs:*", null)]
    public void Secrets_and_databases_are_data(string type, string arn, string action, bool? isCertain)
    {
        var estate = Estate.Reading(Plant.Allow(action, arn));
        estate.Put(type, "d", arn);

        Assert.Equal(isCertain, estate.ToData().SingleOrDefault(path => path.GoalType == type)?.IsCertain);
    }

    [Fact]
    public void A_key_that_the_role_may_use_and_one_that_nobody_read()
    {
        var estate = Estate.Reading(Plant.Allow("s3:GetObject"), Plant.Allow("kms:Decrypt", Estate.Key));
        estate.More.Clear();
        estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, $$$"""{"Encryption":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"{{{Estate.Key}}}"}}]} }""");
        Assert.Equal((Severity.Medium, $"the key {Estate.Key} lets it be read: it was not read"), Assert.Single(estate.ToData()) is var hidden ? (hidden.Severity, hidden.Conditions) : default);

        estate.Put("AWS::KMS::Key", "k1", Estate.Key, """{"Metadata":{"KeyManager":"CUSTOMER"},"Policy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]} }""");
        Assert.Equal((Severity.High, true), Assert.Single(estate.ToData()) is var open ? (open.Severity, open.IsCertain) : default);
    }

    [Fact]
    public void Whoever_becomes_administrator_reads_everything()
    {
        var estate = Estate.Of(estate => estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, Estate.Vault));
        estate.Grants.Clear();
        estate.Grants.Add(Plant.Allow("iam:PutRolePolicy"));

        Assert.Equal("Internet > tcp 22 > Instance i-1 > acts-as > role app > iam.put-role-policy > administrator of 111122223333 > read > Bucket vault", Assert.Single(estate.ToData()).Path);
    }

    [Fact]
    public void Data_that_is_open_itself_is_a_path_of_one_step()
    {
        var estate = new Estate();
        estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, """{"Policy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::vault/*"}]} }""");
        estate.Put("AWS::S3::AccountPublicAccessBlock", "111122223333", "arn:aws:s3:::111122223333", """{"PublicAccessBlock":{"RestrictPublicBuckets":false,"IgnorePublicAcls":false}}""");

        Assert.Equal((1, "Internet > policy > Bucket vault", Severity.High), Assert.Single(estate.ToData()) is var path ? (path.Length, path.Path, path.Severity) : default);
    }

    [Theory]
    [InlineData("NONE", 1)]
    [InlineData("AWS_IAM", 0)]
    public void A_function_with_a_URL_acts_as_its_role(string auth, int count)
    {
        var estate = Estate.Of(estate => estate.Town.Remove("eni-1"));
        const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:hello";
        estate.Put("AWS::Lambda::Function", "hello", Function, $$$"""
            {"Role":"arn:aws:iam::111122223333:role/strong","UrlConfigs":[{"AuthType":"{{{auth}}}"}],"Policy":{"Statement":[
              {"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"{{{Function}}}","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"} } }]} }
            """);

        Assert.Equal(count, estate.ToAdmin().Count(path => path.ResourceArn == Function && path.Steps[0].Kind == PathStepKind.Request));
    }

    [Fact]
    public void A_service_of_containers_behind_a_load_balancer_acts_as_its_tasks_role()
    {
        var estate = Estate.Of(estate => estate.Town.Remove("eni-1"));
        const string Balancer = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/1";
        const string Group = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/1";
        const string Service = "arn:aws:ecs:eu-central-1:111122223333:service/main/shop";
        estate.Town.PutPrivateSubnet();
        estate.Town.Put("AWS::EC2::SecurityGroup", "sg-2", """{"GroupId":"sg-2","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[{"GroupId":"sg-1"}]}]}""");
        estate.Town.Put("AWS::EC2::NetworkInterface", "eni-2", Tests.Graph.Town.Interface("10.0.2.10", "subnet-2", "sg-2"));
        estate.Town.Put("AWS::ElasticLoadBalancingV2::LoadBalancer", Balancer, $$"""
            {"Type":"application","Scheme":"internet-facing","SecurityGroups":["sg-1"],"AvailabilityZones":[{"SubnetId":"subnet-1"}],
             "Listeners":[{"Protocol":"HTTP","Port":22,"DefaultActions":[{"Type":"forward","TargetGroupArn":"{{Group}}"}]}] }
            """);
        estate.Town.Put("AWS::ElasticLoadBalancingV2::TargetGroup", Group, $$"""
            {"TargetType":"ip","Protocol":"HTTP","Port":22,"VpcId":"vpc-1","LoadBalancerArns":["{{Balancer}}"],"Targets":[{"Target":{"Id":"10.0.2.10","Port":22} }] }
            """);
        estate.Put("AWS::ECS::TaskDefinition", "shop", "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:1", """{"Definition":{"taskDefinition":{"taskRoleArn":"arn:aws:iam::111122223333:role/strong"}}}""");
        estate.Put("AWS::ECS::Service", "shop", Service, $$"""
            {"Service":{"taskDefinition":"arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:1","loadBalancers":[{"targetGroupArn":"{{Group}}"}]} }
            """);

        Assert.Equal("Internet > tcp 22 > Service shop > acts-as > role strong", Assert.Single(estate.ToAdmin()).Path);
    }

    [Theory]
    [InlineData(true, "pool", 1)]
    [InlineData(false, "pool", 0)]
    [InlineData(true, "other", 0)]
    public void Guests_of_an_identity_pool_act_as_the_guests_role(bool takesGuests, string audience, int count)
    {
        var estate = Estate.Of(estate => estate.Town.Remove("eni-1"));
        estate.More.Add(plant => plant.Role("guest", [Plant.Allow("*")], [Plant.TrustOf("Federated", "cognito-identity.amazonaws.com", Plant.Condition("StringEquals", "cognito-identity.amazonaws.com:aud", audience))]));
        estate.Put("AWS::Cognito::IdentityPool", "pool", "arn:aws:cognito-identity:eu-central-1:111122223333:identitypool/pool",
            $$$"""{"Pool":{"AllowUnauthenticatedIdentities":{{{(takesGuests ? "true" : "false")}}}},"Roles":{"Roles":{"unauthenticated":"arn:aws:iam::111122223333:role/guest"}} }""");

        Assert.Equal(count, estate.ToAdmin().Count(path => path.ResourceType == "AWS::Cognito::IdentityPool"));
    }

    [Fact]
    public void A_role_that_everyone_may_assume_is_a_beginning()
    {
        var estate = Estate.Of(estate => estate.Town.Remove("eni-1"));
        estate.More.Add(plant => plant.Role("open", [Plant.Allow("*")], [Plant.TrustOf("AWS", "*")]));

        Assert.Equal((Severity.Critical, "Internet > sts.assume-role > role open", "open"), Assert.Single(estate.ToAdmin()) is var path ? (path.Severity, path.Path, path.ResourceId) : default);
    }

    [Fact]
    public void What_was_not_read_makes_a_path_uncertain_and_never_vanish()
    {
        var estate = Estate.Of(estate => estate.Unread.Add("AWS::EC2::SecurityGroup"));
        var path = Assert.Single(estate.ToAdmin());

        Assert.Equal((false, Severity.High), (path.IsCertain, path.Severity));
        Assert.Contains("i-1", path.Conditions);
    }

    [Fact]
    public void Paths_begin_with_somebody_or_with_a_thing_of_his()
    {
        var estate = new Estate();
        var byRole = Assert.Single(estate.ToAdmin("arn:aws:iam::111122223333:role/app"));
        var byThing = Assert.Single(estate.ToAdmin(Estate.Instance));

        Assert.Equal((Severity.High, "role app > lambda.create-and-invoke > role strong"), (byRole.Severity, byRole.Path));
        Assert.Equal("Instance i-1 > acts-as > role app > lambda.create-and-invoke > role strong", byThing.Path);
        Assert.Empty(estate.ToAdmin("arn:aws:iam::111122223333:role/strong"));
        Assert.Throws<FormatException>(() => estate.ToAdmin("somewhere"));
    }

    [Fact]
    public void A_network_of_its_own_is_less_than_the_Internet()
    {
        var estate = Estate.Of(estate => estate.Town.Permission["IpRanges"] = JsonNode.Parse("""[{"CidrIp":"198.51.100.0/24"}]"""));
        estate.Town["eni-1"].AsObject().Remove("Ipv6Addresses");

        Assert.Empty(estate.ToAdmin());
        Assert.Equal(Severity.High, Assert.Single(estate.ToAdmin("198.51.100.0/24")).Severity);
        Assert.Empty(estate.ToAdmin("192.0.2.0/24"));
    }

    [Fact]
    public void A_path_leads_into_another_account()
    {
        var estate = Estate.Of(estate => estate.Grants[0] = Plant.Allow("sts:AssumeRole", "arn:aws:iam::444455556666:role/admin"));
        var other = new Plant("444455556666");
        other.Role("admin", [Plant.Allow("*")], [Plant.TrustOf("AWS", "arn:aws:iam::111122223333:root")]);
        var path = Assert.Single(estate.Analysis(other.Snapshot()).ToAdministrator(["Internet"]));

        Assert.Equal(("111122223333", "444455556666", 3), (path.AccountId, path.GoalAccountId, path.Length));
        Assert.Empty(estate.Analysis(other.Snapshot()).ToAdministrator(["Internet"], account => account != "444455556666"));
    }

    [Fact]
    public void To_one_resource_there_is_a_path_from_each_thing()
    {
        var estate = Estate.Reading(Plant.Allow("s3:GetObject"));
        estate.Town.Put("AWS::EC2::Instance", "i-9", """{"InstanceId":"i-9","State":{"Name":"running"},"IamInstanceProfile":{"Arn":"arn:aws:iam::111122223333:instance-profile/app"}}""");
        estate.Town.Put("AWS::EC2::NetworkInterface", "eni-9", Tests.Graph.Town.Interface("10.0.1.19", "subnet-1", "sg-1", "i-9", "203.0.113.19"));
        var bucket = estate.Snapshot().Resources().Single(resource => resource.Arn == Estate.Bucket);

        Assert.Equal(["i-1", "i-9"], estate.Analysis().ToOne(["Internet"], bucket).Select(path => path.ResourceId));
        Assert.Single(estate.ToData());
        Assert.Equal(["i-9"], estate.Analysis().EnteringBy(["arn:aws:ec2:eu-central-1:111122223333:thing/i-9"]).ToEach(["Internet"], [bucket]).Select(path => path.ResourceId));
    }

    [Fact]
    public void Paths_are_drawn()
    {
        var graph = PathGraph.Of(new Estate().ToAdmin());
        var edges = Enumerable.Range(0, graph.NodeCount).SelectMany(graph.Out).Select(edge => $"{graph.Node(edge.From).ResourceName} {edge.Relation} {graph.Node(edge.To).ResourceName}");

        Assert.Equal(["Internet tcp 22 Instance i-1", "Instance i-1 acts-as role app", "role app lambda.create-and-invoke role strong"], edges);
    }
}
