using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Harvest;

/// <summary>What takes a list of ids is asked once for many items, and tells of each the same as if it were asked alone.</summary>
public sealed class BatchTests : IDisposable
{
    private const string Project = "AWS::CodeBuild::Project";
    private readonly HarvestFixture _harvest = new();

    public BatchTests() => Aws.Regions("eu-west-1").On("codebuild:ListProjects", JsonSerializer.Serialize(new { projects = Names(250) }));

    private ScriptedAws Aws => _harvest.Aws;

    private IEnumerable<List<string>> Asked => Aws.Calls.Where(call => call.Operation == "BatchGetProjects").Select(call => NamesIn(JsonDocument.Parse(call.Input).RootElement));

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task ManyItemsTakeOneCall()
    {
        Aws.On("codebuild:BatchGetProjects", call => Answer(NamesIn(call.Input).AsEnumerable().Reverse()));

        await _harvest.RunAsync("codebuild");

        Assert.Equal([50, 100, 100], Asked.Select(names => names.Count).Order());
        Assert.Equal(Names(250).Order(StringComparer.Ordinal), Asked.SelectMany(names => names).Order(StringComparer.Ordinal));
        Assert.Equal(250, _harvest.All(Project).Count);
        Assert.All(_harvest.All(Project), project => Assert.Equal(project.Id, Details(project).GetProperty("name").GetString()));
    }

    [Fact]
    public async Task AnIdThatIsTakenAmissSpoilsNoOther()
    {
        Aws.On("codebuild:BatchGetProjects", call => NamesIn(call.Input).Contains("p-007")
            ? ScriptedAws.Error("InvalidInputException")
            : Answer(NamesIn(call.Input)));

        await _harvest.RunAsync("codebuild");

        var gap = Assert.Single(_harvest.All(Project).SelectMany(project => project.Gaps));
        Assert.Equal(("InvalidInputException", "Details"), (gap.Code, gap.Field));
        Assert.Equal(249, _harvest.All(Project).Count(project => project.Configuration.TryGetProperty("Details", out _)));
        Assert.Equal(103, Asked.Count());
    }

    [Fact]
    public async Task ADenialIsAGapOfEachAndNotAskedAgain()
    {
        Aws.On("codebuild:BatchGetProjects", ScriptedAws.Denied);

        await _harvest.RunAsync("codebuild");

        Assert.Equal(3, Asked.Count());
        Assert.All(_harvest.All(Project), project => Assert.Equal(GapReason.AccessDenied, Assert.Single(project.Gaps).Reason));
    }

    [Fact]
    public async Task WhatIsLeftOutIsAskedForByItselfAndTakenForNothingByNobody()
    {
        Aws.On("codebuild:BatchGetProjects", call => Answer(NamesIn(call.Input).Where(name => name != "p-100")));

        await _harvest.RunAsync("codebuild");

        var left = Assert.Single(_harvest.All(Project), project => project.Gaps.Count > 0);
        Assert.Equal(("p-100", "Details"), (left.Id, Assert.Single(left.Gaps).Field));
        Assert.Contains(Asked, names => names is ["p-100"]);
    }

    [Fact]
    public async Task WhatTheCallIsNotMeantForIsNotAmongThem()
    {
        Aws.On("storagegateway:ListFileShares", """{"FileShareInfoList":[{"FileShareId":"a","FileShareARN":"a","FileShareType":"NFS"},{"FileShareId":"b","FileShareARN":"b","FileShareType":"SMB"},{"FileShareId":"c","FileShareARN":"c","FileShareType":"NFS"}]}""")
            .On("storagegateway:DescribeNFSFileShares", """{"NFSFileShareInfoList":[{"FileShareARN":"c","Role":"2"},{"FileShareARN":"a","Role":"1"}]}""")
            .On("storagegateway:DescribeSMBFileShares", """{"SMBFileShareInfoList":[{"FileShareARN":"b","Role":"3"}]}""");

        await _harvest.RunAsync("storagegateway");

        Assert.Equal("""{"FileShareARNList":["a","c"]}""", Assert.Single(Aws.Calls, call => call.Operation == "DescribeNFSFileShares").Input);
        Assert.Equal(["1", "2"], _harvest.All("AWS::StorageGateway::FileShare").Where(share => share.Id != "b").Select(share => share.Configuration.GetProperty("Nfs").GetProperty("Role").GetString()));
    }

    private static List<string> Names(int count) => [.. Enumerable.Range(0, count).Select(number => $"p-{number:000}")];

    private static List<string> NamesIn(JsonElement input) => [.. input.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];

    private static string Answer(IEnumerable<string> names) => JsonSerializer.Serialize(new { projects = names.Select(name => new { name, arn = "arn:" + name }) });

    private static JsonElement Details(Resource project) => project.Configuration.GetProperty("Details");
}
