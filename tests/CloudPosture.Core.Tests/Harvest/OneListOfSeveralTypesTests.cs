using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;

namespace CloudPosture.Tests.Harvest;

/// <summary>Types whose lists are one call are read by one call.</summary>
public sealed class OneListOfSeveralTypesTests : IDisposable
{
    private const string List = "iam:GetAccountAuthorizationDetails";
    private static readonly string[] Types = ["AWS::IAM::Group", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::IAM::User"];
    private readonly HarvestFixture _harvest = new();

    public void Dispose() => _harvest.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    public async Task UsersGroupsRolesAndPoliciesComeFromOneCallAPage(int each)
    {
        _harvest.Aws.On(List, call => call.Input.TryGetProperty("Marker", out _) ? Page(each, each, "") : Page(0, each, ",\"IsTruncated\":true,\"Marker\":\"m\""));

        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("iam")));

        Assert.Equal(AccountStatus.Complete, summary.Status);
        Assert.Equal(2, _harvest.Aws.Count(List));
        Assert.All(Types, type => Assert.Equal(2 * each, _harvest.All(type).Count));
    }

    [Fact]
    public async Task WhatItDoesNotAnswerIsMissingOfEachType()
    {
        _harvest.Aws.On(List, ScriptedAws.Denied);

        await _harvest.RunAsync(_harvest.Request("iam"));

        Assert.Equal(Types, _harvest.Snapshot.Gaps.Where(gap => gap.Operation == "GetAccountAuthorizationDetails").Select(gap => gap.ResourceType).Distinct().Order());
        Assert.Equal(1, _harvest.Aws.Count(List));
    }

    [Fact]
    public async Task AnAnswerWithoutOneOfTheListsIsNone()
    {
        _harvest.Aws.On(List, """{"UserDetailList":[],"GroupDetailList":[],"Policies":[],"IsTruncated":false}""");

        await _harvest.RunAsync(_harvest.Request("iam"));

        Assert.Equal(Types, _harvest.Snapshot.Gaps.Where(gap => gap.Code == "MalformedAnswer").Select(gap => gap.ResourceType).Distinct().Order());
    }

    private static string Page(int from, int count, string next)
    {
        return $"{{\"UserDetailList\":[{Items("user", "UserName")}],\"GroupDetailList\":[{Items("group", "GroupName")}],\"RoleDetailList\":[{Items("role", "RoleName")}],\"Policies\":[{Items("policy", "PolicyName")}]{next}}}";

        string Items(string kind, string name) =>
            string.Join(",", Enumerable.Range(from, count).Select(i => $"{{\"{name}\":\"{kind}{i}\",\"Arn\":\"arn:aws:iam::111122223333:{kind}/{kind}{i}\"}}"));
    }
}
