using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Sandbox;

public sealed class DemoTests
{
    [Theory]
    [InlineData(1, 4, 3)]
    [InlineData(2, 4, 3)]
    [InlineData(7, 1, 2)]
    [InlineData(11, 3, 1)]
    public async Task Findings_are_exactly_what_the_seed_planted(int seed, int accounts, int regions)
    {
        var (result, _) = await RunAsync(new SandboxOptions { Seed = seed, Accounts = accounts, Regions = regions });

        Assert.NotEmpty(result.Planted);
        Assert.Empty(result.Missing);
        Assert.Empty(result.Unexpected);
        Assert.True(Unassessed(result).Count == 0, string.Join(Environment.NewLine, Unassessed(result)));
        Assert.All(result.Accounts, account => Assert.Null(account.Failure));
    }

    private static List<string> Unassessed(DemoResult result) =>
        [.. result.Findings.Where(finding => finding.Status == FindingStatus.NotAssessed).Select(finding => $"{finding.RuleId} {finding.ResourceId}: {finding.Evidence}")];

    [Fact]
    public async Task An_organization_without_faults_has_no_finding_in_spite_of_its_traps()
    {
        var (result, _) = await RunAsync(new SandboxOptions { PlantFaults = false });

        Assert.Empty(result.Missing);
        Assert.Empty(result.Unexpected);
        Assert.NotEmpty(result.Findings);
    }

    [Fact]
    public async Task Small_pages_change_nothing()
    {
        var (result, _) = await RunAsync(new SandboxOptions { MaxPageSize = 2, Accounts = 2, Regions = 2 });

        Assert.True(result.IsExact, string.Join(Environment.NewLine, result.Missing.Concat(result.Unexpected).Select(planted => planted.ToString()).Concat(Unassessed(result))));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_organization()
    {
        var options = new SandboxOptions { Now = DateTimeOffset.UnixEpoch.AddYears(56) };
        await using var first = await SandboxServer.StartAsync(options);
        await using var second = await SandboxServer.StartAsync(options);
        await using var other = await SandboxServer.StartAsync(options with { Seed = 99 });

        Assert.Equal(first.Organization.Planted, second.Organization.Planted);
        Assert.NotEqual(first.Organization.Planted, other.Organization.Planted);
    }

    [Fact]
    public async Task A_harvest_of_all_accounts_writes_nothing()
    {
        var (_, calls) = await RunAsync(new SandboxOptions { Accounts = 2, Regions = 2 });

        Assert.NotEmpty(calls);
        Assert.DoesNotContain(calls, call => call.IsWrite);
    }

    private static async Task<(DemoResult Result, List<CallRecord> Calls)> RunAsync(SandboxOptions options)
    {
        using var lake = new TemporaryLake();
        await using var server = await SandboxServer.StartAsync(options with { CheckAnswers = true });
        var result = await Demo.RunAsync(server, lake.Lake, isPaced: false);
        return (result, [.. server.Calls]);
    }
}
