using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Benchmarks;

/// <summary>A synthetic account with roles, of which instances use one, and buckets.</summary>
internal sealed class PeopledAccount(IAccountSnapshot network, int roles, int buckets) : IAccountSnapshot
{
    public string AccountId => network.AccountId;

    public string AccountName => network.AccountName;

    public string Partition => network.Partition;

    public IReadOnlyList<string> Regions => network.Regions;

    public bool IsManagementAccount => false;

    public string Connection => network.Connection;

    public string HarvestId => network.HarvestId;

    public DateTimeOffset HarvestedAt => network.HarvestedAt;

    public IReadOnlyList<ReadGap> Gaps => network.Gaps;

    public bool WasHarvested(string service) => network.WasHarvested(service);

    public string? WhyUnread(string service) => network.WhyUnread(service);

    public IEnumerable<Resource> Resources() => network.Resources().Concat(Enumerable.Range(0, roles).Select(Role)).Concat(Enumerable.Range(0, buckets).Select(Bucket));

    // The role of the instances leads over ten others to an administrator; the rest read a bucket each.
    private Resource Role(int number)
    {
        var (name, statement) = number switch
        {
            0 => ("web", """{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/app-1"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::*-1*/*"}"""),
            < 10 => ($"app-{number}", $$"""{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/app-{{number + 1}}"}"""),
            10 => ("app-10", """{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"}"""),
            _ => ($"app-{number}", $$"""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{AccountId}}-{{number}}/*"}"""),
        };
        return Make("AWS::IAM::Role", name, $"arn:aws:iam::{AccountId}:role/{name}", $$"""
            {"RoleName":"{{name}}","Path":"/","InstanceProfileList":[{"Arn":"arn:aws:iam::{{AccountId}}:instance-profile/{{name}}"}],
             "AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{AccountId}}:root","Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]},
             "RolePolicyList":[{"PolicyName":"own","PolicyDocument":{"Version":"2012-10-17","Statement":[{{statement}}]} }] }
            """);
    }

    private Resource Bucket(int number) => Make("AWS::S3::Bucket", $"{AccountId}-{number}", $"arn:aws:s3:::{AccountId}-{number}", "{}");

    private Resource Make(string type, string id, string arn, string json) => new()
    {
        Type = type,
        Id = id,
        Arn = arn,
        Name = id,
        AccountId = AccountId,
        Region = "global",
        HarvestId = HarvestId,
        HarvestedAt = HarvestedAt,
        Connection = Connection,
        Configuration = JsonDocument.Parse(json).RootElement,
    };
}
