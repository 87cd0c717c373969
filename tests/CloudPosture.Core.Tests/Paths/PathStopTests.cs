using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Paths;

/// <summary>One thing that is missing on a path ends it.</summary>
public sealed class PathStopTests
{
    public static TheoryData<string> Stops => [.. ToAdministratorStops.Keys];

    public static TheoryData<string> Ipv6Stops => [.. OverIpv6Stops.Keys];

    public static TheoryData<string> DataStops => [.. ToDataStops.Keys];

    private static Dictionary<string, Action<Estate>> ToAdministratorStops { get; } = new()
    {
        ["no route"] = estate => estate.Town.Routes.Clear(),
        ["network ACL in"] = estate => estate.Town.AclEntries[0]!["RuleAction"] = "deny",
        ["network ACL out"] = estate => estate.Town.AclEntries[3]!["RuleAction"] = "deny",
        ["security group"] = estate => estate.Town["sg-1"]["IpPermissions"] = new JsonArray(),
        ["prefix list"] = estate =>
        {
            estate.Town.Put("AWS::EC2::PrefixList", "pl-1", """{"OwnerId":"111122223333","Entries":[{"Cidr":"10.0.0.0/8"}]}""");
            estate.Town["sg-1"]["IpPermissions"] = JsonNode.Parse("""[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"PrefixListIds":[{"PrefixListId":"pl-1"}]}]""");
        },
        ["Block Public Access"] = estate => estate.Town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-bidirectional",
        ["no address"] = estate => estate.Town["eni-1"].AsObject().Remove("Association"),
        ["no gateway"] = estate => estate.Town["igw-1"]["Attachments"] = new JsonArray(),
        ["the instance is stopped"] = estate => estate.Town["i-1"]["State"]!["Name"] = "stopped",
        ["no role"] = estate => estate.Town["i-1"].AsObject().Remove("IamInstanceProfile"),
        ["no right to pass the role"] = estate => estate.Grants.RemoveAt(0),
        ["a deny"] = estate => estate.Grants.Add(Plant.Deny("lambda:CreateFunction")),
        ["the service that it may be passed to"] = estate => estate.Grants[0] = Plant.Allow("iam:PassRole", "*", Plant.Condition("StringEquals", "iam:PassedToService", "ec2.amazonaws.com")),
        ["a boundary"] = estate => estate.Boundary = Plant.Allow("s3:*"),
        ["the other role is weak"] = estate => estate.Strong = Plant.Allow("s3:ListAllMyBuckets"),
    };

    private static Dictionary<string, Action<Estate>> OverIpv6Stops { get; } = new()
    {
        ["no route"] = estate => estate.Town.Routes.RemoveAt(2),
        ["network ACL in"] = estate => estate.Town.AclEntries[1]!["RuleAction"] = "deny",
        ["network ACL out"] = estate => estate.Town.AclEntries[4]!["RuleAction"] = "deny",
        ["security group"] = estate => estate.Town.Permission.AsObject().Remove("Ipv6Ranges"),
        ["Block Public Access"] = estate => estate.Town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-ingress",
        ["no address"] = estate => estate.Town["eni-1"].AsObject().Remove("Ipv6Addresses"),
    };

    private static Dictionary<string, Action<Estate>> ToDataStops { get; } = new()
    {
        ["no route"] = estate => estate.Town.Routes.Clear(),
        ["no right to read"] = estate => estate.Grants.Clear(),
        ["another bucket"] = estate => estate.Grants[0] = Plant.Allow("s3:GetObject", "arn:aws:s3:::vault2/*"),
        ["the bucket alone"] = estate => estate.Grants[0] = Plant.Allow("s3:GetObject", "arn:aws:s3:::vault"),
        ["a boundary"] = estate => estate.Boundary = Plant.Allow("ec2:*"),
        ["the bucket's policy"] = estate => estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, """{"Policy":{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]} }"""),
        ["the key"] = estate =>
        {
            estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, $$$"""{"Encryption":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"{{{Estate.Key}}}"}}]} }""");
            estate.Put("AWS::KMS::Key", "k1", Estate.Key, """{"Metadata":{"KeyManager":"CUSTOMER"},"Policy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/strong"},"Action":"kms:*","Resource":"*"}]} }""");
        },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public void One_thing_stops_a_path_to_administrators(string stop)
    {
        var estate = Estate.Of(estate => estate.Town["eni-1"].AsObject().Remove("Ipv6Addresses"));
        Assert.Single(estate.ToAdmin());

        ToAdministratorStops[stop](estate);

        Assert.Empty(estate.ToAdmin());
    }

    [Theory]
    [MemberData(nameof(Ipv6Stops))]
    public void One_thing_stops_a_path_over_IPv6(string stop)
    {
        var estate = Estate.Of(estate => estate.Town["eni-1"].AsObject().Remove("Association"));
        Assert.Single(estate.ToAdmin());

        OverIpv6Stops[stop](estate);

        Assert.Empty(estate.ToAdmin());
    }

    [Theory]
    [MemberData(nameof(DataStops))]
    public void One_thing_stops_a_path_to_data(string stop)
    {
        var estate = Estate.Reading(Plant.Allow("s3:GetObject", "arn:aws:s3:::vault/reports/*"));
        estate.Town["eni-1"].AsObject().Remove("Ipv6Addresses");
        Assert.Equal("Internet > tcp 22 > Instance i-1 > acts-as > role app > read > Bucket vault", Assert.Single(estate.ToData()).Path);

        // What is put in last is what counts.
        estate.More.Clear();
        ToDataStops[stop](estate);
        if (estate.More.Count == 0)
        {
            estate.Put("AWS::S3::Bucket", "vault", Estate.Bucket, Estate.Vault);
        }

        Assert.Empty(estate.ToData());
    }
}
