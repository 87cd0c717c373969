using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

public sealed class PostureGraphTests
{
    private const string Other = "444455556666";

    [Fact]
    public void An_edge_leads_from_what_names_to_what_is_named_and_back()
    {
        var graph = Build(Instance("i-1", "subnet-1"), Thing("AWS::EC2::Subnet", "subnet-1", """{"VpcId":"vpc-1"}"""));

        Assert.Equal(["i-1 inSubnet subnet-1"], Walk(graph, "i-1", 1, GraphDirection.Out));
        Assert.Equal(["i-1 inSubnet subnet-1"], Walk(graph, "subnet-1", 1, GraphDirection.In));
        Assert.Equal(["subnet-1 inVpc vpc-1", "i-1 inSubnet subnet-1"], Walk(graph, "subnet-1", 1, GraphDirection.Both));
        Assert.Equal(["i-1 inSubnet subnet-1", "subnet-1 inVpc vpc-1"], Walk(graph, "i-1", 2, GraphDirection.Out));
    }

    [Fact]
    public void What_nobody_harvested_stands_outside()
    {
        var graph = Build(Thing("AWS::EC2::Subnet", "subnet-1", """{"VpcId":"vpc-1"}"""));

        var vpc = Node(graph, "vpc-1");

        Assert.Equal((true, "AWS::EC2::VPC", (string?)null), (vpc.IsOutside, vpc.ResourceType, vpc.ResourceArn));
        Assert.False(Node(graph, "subnet-1").IsOutside);
    }

    [Fact]
    public void Accounts_are_joined_by_ARN()
    {
        var role = Thing("AWS::IAM::Role", "reader", "{}", $"arn:aws:iam::{Other}:role/reader") with { AccountId = Other, Region = "global" };
        var function = Thing("AWS::Lambda::Function", "hello", $$"""{"Role":"arn:aws:iam::{{Other}}:role/reader"}""", "arn:aws:lambda:eu-central-1:111122223333:function:hello");
        var graph = Build(function, role);

        Assert.Equal(["hello usesRole reader"], Walk(graph, "hello", 1, GraphDirection.Out));
        Assert.Equal((Other, false), (Node(graph, "reader").AccountId, Node(graph, "reader").IsOutside));
    }

    [Fact]
    public void The_account_and_the_Region_of_an_outside_node_are_those_of_its_ARN()
    {
        var graph = Build(Thing("AWS::Lambda::Function", "hello", $$"""{"KMSKeyArn":"arn:aws:kms:us-east-1:{{Other}}:key/abc"}"""));

        Assert.Equal((Other, "us-east-1", "AWS::KMS::Key", true), Node(graph, "abc") is var key ? (key.AccountId, key.Region, key.ResourceType, key.IsOutside) : default);
    }

    [Fact]
    public void A_name_is_looked_up_where_it_stands_and_an_id_that_AWS_gives_once_everywhere()
    {
        const string Shared = "subnet-0123456789abcdef0";
        var graph = Build(
            Instance("i-1", Shared),
            Thing("AWS::EC2::Subnet", Shared, "{}") with { AccountId = Other, Arn = $"arn:aws:ec2:eu-central-1:{Other}:subnet/{Shared}" },
            Thing("AWS::ElastiCache::CacheCluster", "cache", """{"CacheSubnetGroupName":"default"}"""),
            Thing("AWS::ElastiCache::SubnetGroup", "default", "{}") with { AccountId = Other, Arn = $"arn:aws:elasticache:eu-central-1:{Other}:subnetgroup:default" });

        Assert.Equal(Other, graph.Node(Assert.Single(graph.Out(Only(graph, "i-1"))).To).AccountId);
        var group = graph.Node(Assert.Single(graph.Out(Only(graph, "cache"))).To);
        Assert.Equal((Given.AccountId, true), (group.AccountId, group.IsOutside));
    }

    [Theory]
    [InlineData("local", null)]
    [InlineData("igw-1", "leadsToGateway AWS::EC2::InternetGateway")]
    [InlineData("vpce-1", "leadsToEndpoint AWS::EC2::VPCEndpoint")]
    [InlineData("vgw-1", "leadsToPrivateGateway AWS::EC2::VPNGateway")]
    public void A_value_leads_to_the_type_it_is_of(string gateway, string? expected)
    {
        var graph = Build(Thing("AWS::EC2::RouteTable", "rtb-1", $$"""{"Routes":[{"GatewayId":"{{gateway}}"}]}"""));

        Assert.Equal(expected, graph.Out(Only(graph, "rtb-1")).Select(edge => $"{edge.Relation} {graph.Node(edge.To).ResourceType}").SingleOrDefault());
    }

    [Fact]
    public void Values_in_other_forms_are_read()
    {
        var balancer = Thing("AWS::ElasticLoadBalancingV2::LoadBalancer", "lb", """{"DNSName":"Web-1.elb.amazonaws.com"}""");
        var graph = Build(
            balancer,
            Thing("AWS::AutoScaling::AutoScalingGroup", "asg", """{"VPCZoneIdentifier":"subnet-1, subnet-2"}"""),
            Thing("AWS::SQS::Queue", "queue", """{"Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:dead\",\"maxReceiveCount\":3}"}}"""),
            Thing("AWS::CloudFront::Distribution", "E1", """{"Origins":{"Items":[{"DomainName":"pictures.s3.eu-central-1.amazonaws.com"},{"DomainName":"web-1.elb.amazonaws.com"},{"DomainName":"elsewhere.example"}]}}"""),
            Thing("AWS::Route53::RecordSet", "Z1/www/A", """{"AliasTarget":{"DNSName":"dualstack.web-1.elb.amazonaws.com."}}"""),
            Thing("AWS::IAM::Role", "role", """{"AssumeRolePolicyDocument":{"Statement":[{"Principal":{"AWS":["arn:aws:iam::444455556666:root","arn:aws:iam::444455556666:user/bob","*"]}}]}}""", "arn:aws:iam::111122223333:role/role"));

        Assert.Equal(["inSubnet subnet-1", "inSubnet subnet-2"], Out(graph, "asg"));
        Assert.Equal(["sendsFailuresTo dead"], Out(graph, "queue"));
        Assert.Equal(["servesFrom pictures", "servesFromBalancer lb"], Out(graph, "E1"));
        Assert.Equal(["pointsToBalancer lb"], Out(graph, "Z1/www/A"));
        Assert.Equal(["trustsAccount 444455556666", "trustsUser bob"], Out(graph, "role"));
    }

    [Theory]
    [InlineData("arn:aws:lambda:eu-central-1:111122223333:function:hello:7")]
    [InlineData("arn:aws:lambda:eu-central-1:111122223333:function:hello")]
    public void A_version_of_a_function_is_the_function(string arn)
    {
        var graph = Build(
            Thing("AWS::Lambda::Function", "hello", "{}", "arn:aws:lambda:eu-central-1:111122223333:function:hello"),
            Thing("AWS::SecretsManager::Secret", "secret", $$"""{"RotationLambdaARN":"{{arn}}"}"""));

        Assert.False(graph.Node(Assert.Single(graph.Out(Only(graph, "secret"))).To).IsOutside);
    }

    [Fact]
    public void Each_edge_is_told_once_even_in_a_circle()
    {
        var graph = Build(
            Thing("AWS::EC2::SecurityGroup", "sg-1", """{"IpPermissions":[{"UserIdGroupPairs":[{"GroupId":"sg-2"},{"GroupId":"sg-2"}]}]}"""),
            Thing("AWS::EC2::SecurityGroup", "sg-2", """{"IpPermissions":[{"UserIdGroupPairs":[{"GroupId":"sg-1"}]}]}"""));

        Assert.Equal(2, graph.EdgeCount);
        Assert.Equal(["sg-1 admitsGroup sg-2", "sg-2 admitsGroup sg-1"], Walk(graph, "sg-1", 9, GraphDirection.Both));
    }

    [Fact]
    public void Relations_lead_to_types_that_are_harvested_or_known_to_be_outside()
    {
        var types = Shipped.Content.Catalog.Services.SelectMany(service => service.Resources).ToList();
        var known = types.Select(type => type.Type).Append("AWS::IAM::InstanceProfile").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(types.SelectMany(type => type.Relations).Select(relation => relation.To).Distinct().Except(known));
    }

    [Fact]
    public void Many_texts_keep_their_numbers()
    {
        var pool = new CloudPosture.Graph.Relations.TextPool();
        var numbers = Enumerable.Range(0, 50_000).Select(number => pool.Add($"thing-{number}-ü")).ToList();

        Assert.Equal(Enumerable.Range(0, 50_000), numbers);
        Assert.All(new[] { 0, 1, 777, 49_999 }, number => Assert.Equal(($"thing-{number}-ü", number, number), (pool.Get(number), pool.Find($"thing-{number}-ü"), pool.Add($"thing-{number}-ü"))));
        Assert.Equal(-1, pool.Find("thing-50000-ü"));
    }

    [Fact]
    public void Findings_of_other_detectors_stand_at_the_resources_that_they_are_about()
    {
        var about = Instance("i-1", "subnet-1");
        Finding[] findings =
        [
            Found("arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/1", "Backdoor", about.Arn),
            Found("2", "Elsewhere", "arn:aws:ec2:eu-central-1:111122223333:instance/i-9"),
            Found("3", "Accepted", about.Arn) with { Status = FindingStatus.Excepted },
        ];
        var graph = PostureGraph.Build([about, Thing("AWS::EC2::Subnet", "subnet-1", "{}"), Instance("i-2", "subnet-1")], Shipped.Content.Catalog, findings: findings);

        Assert.Equal(["hasFinding arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/1", "inSubnet subnet-1"], Out(graph, "i-1"));
        Assert.Equal(["inSubnet subnet-1"], Out(graph, "i-2"));
        Assert.Equal(("hasFinding 2", true), (Assert.Single(Out(graph, "i-9")), Node(graph, "i-9").IsOutside));
        Assert.Equal(("AWS::GuardDuty::Finding", "Backdoor", false), Node(graph, "Backdoor") is var node ? (node.ResourceType, node.ResourceName, node.IsOutside) : default);
        Assert.Equal(["i-1 hasFinding arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/1"], Walk(graph, "Backdoor", 1, GraphDirection.In));
        Assert.Empty(graph.Find("Accepted"));
    }

    private static Finding Found(string id, string title, string arn) => new()
    {
        FindingId = id,
        RuleId = "GuardDuty/" + title,
        Title = title,
        Status = FindingStatus.Fail,
        Severity = Severity.High,
        Service = "ec2",
        ResourceType = "AWS::EC2::Instance",
        ResourceId = arn.Substring(arn.LastIndexOf('/') + 1),
        ResourceArn = arn,
        ResourceName = title,
        AccountId = "111122223333",
        AccountName = "111122223333",
        Region = "eu-central-1",
        Evidence = "",
        FirstSeen = default,
        LastSeen = default,
        Connection = "test",
        HarvestId = "test",
        Provider = "GuardDuty",
        NativeId = id,
    };

    internal static PostureGraph Build(params Resource[] resources) => PostureGraph.Build(resources, Shipped.Content.Catalog);

    internal static Resource Thing(string type, string id, string json, string? arn = null) => Given.Resource(type, id, arn ?? $"arn:aws:service:eu-central-1:111122223333:{type}/{id}", json);

    private static Resource Instance(string id, string subnet) => Thing("AWS::EC2::Instance", id, $$"""{"SubnetId":"{{subnet}}"}""");

    private static int Only(PostureGraph graph, string name) => Assert.Single(graph.Find(name));

    private static GraphNode Node(PostureGraph graph, string name) => graph.Node(Only(graph, name));

    private static IEnumerable<string> Out(PostureGraph graph, string name) =>
        graph.Out(Only(graph, name)).Select(edge => $"{edge.Relation} {graph.Node(edge.To).ResourceId}").OrderBy(text => text, StringComparer.Ordinal);

    private static IEnumerable<string> Walk(PostureGraph graph, string name, int depth, GraphDirection direction) =>
        graph.Walk(graph.Find(name), depth, direction).Select(step => $"{graph.Node(step.Edge.From).ResourceId} {step.Edge.Relation} {graph.Node(step.Edge.To).ResourceId}");
}
