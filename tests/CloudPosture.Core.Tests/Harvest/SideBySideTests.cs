using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Files;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Pacing;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>Harvests of the same account side by side take no more of its quota than one.</summary>
public sealed class SideBySideTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task HarvestsOfOneProcessReadOneServiceOfAnAccountAtATime()
    {
        _harvest.Shared = new SharedAccounts(_harvest.Clock);
        Aws.Before = async (_, _) => await Task.Yield();
        string[] services = ["sns", "sqs", "kms", "events"];

        var summaries = await Task.WhenAll(_harvest.RunAsync(services), _harvest.RunAsync([.. services.Reverse()]), _harvest.RunAsync(services));

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 4), Assert.Single(summary) is var one ? (one.Status, one.Services) : default));
        string? service = null;
        var changes = 0;
        foreach (var call in Aws.Calls.OrderBy(call => call.Start))
        {
            Assert.DoesNotContain(Aws.Calls, other => other.Service != call.Service && other.Start < call.End && call.Start < other.End);
            changes += call.Service == service ? 0 : 1;
            service = call.Service;
        }

        Assert.InRange(changes, 4, (3 * 4) + 3);
        Assert.Equal(0, _harvest.Shared.Count);
    }

    [Fact]
    public async Task HarvestsOfOneProcessDrawOnTheSameBuckets()
    {
        var shared = new SharedAccounts(_harvest.Clock);
        var service = Shipped.Content.Catalog.Service("lambda");
        var start = _harvest.Clock.UtcNow;
        var first = shared.Enter(Target(), out var isFirst);
        var second = shared.Enter(Target(), out var isSecond);
        Pace[] paces = [first.PaceOf(service, 0.5), second.PaceOf(service, 0.5)];

        // The bucket holds 7.5, and 7.5 come a second.
        for (var call = 0; call < 60; call++)
        {
            await paces[call % 2].WaitAsync("eu-west-1", "ListFunctions", default);
        }

        Assert.InRange((_harvest.Clock.UtcNow - start).TotalSeconds, (60 - 7.5) / 7.5, 8);
        Assert.Equal((true, false), (isFirst, isSecond));
        shared.Leave(Target());
        Assert.Equal(1, shared.Count);
        shared.Leave(Target());
        Assert.Equal(0, shared.Count);
    }

    [Fact]
    public async Task AnotherShareCountsForWhatComesAndWhatIsUsedUpStaysUsedUp()
    {
        var account = new SharedAccounts(_harvest.Clock).Enter(Target(), out _);
        var service = Shipped.Content.Catalog.Service("lambda");
        var pace = account.PaceOf(service, 1);
        for (var call = 0; call < 15; call++)
        {
            await pace.WaitAsync("eu-west-1", "ListFunctions", default);
        }

        var start = _harvest.Clock.UtcNow;
        var careful = account.PaceOf(service, 0.1);
        for (var call = 0; call < 3; call++)
        {
            await careful.WaitAsync("eu-west-1", "ListFunctions", default);
        }

        Assert.InRange((_harvest.Clock.UtcNow - start).TotalSeconds, 1.9, 2.1);
    }

    [Fact]
    public async Task WhoeverHarvestsWhatAnotherProcessIsHarvestingIsTold()
    {
        await _harvest.RunAsync("sts");
        var warnings = new List<string>();
        var request = _harvest.Request("sts") with { Warn = (text, _) => warnings.Add(text) };
        using (FileLock.TryLock(Path.Combine(_harvest.Lake.Path, $"account-{Account}.lock")))
        {
            Assert.Equal(AccountStatus.Complete, Assert.Single(await _harvest.RunAsync(request)).Status);
        }

        Assert.Contains($"Another process is harvesting account {Account}", Assert.Single(warnings));
        await _harvest.RunAsync(request);
        Assert.Single(warnings);
        Assert.Empty(Directory.GetFiles(_harvest.Lake.Path, "*.lock"));
    }
}
