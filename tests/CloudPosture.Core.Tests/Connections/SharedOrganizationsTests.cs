using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Errors;
using CloudPosture.Lake;
using CloudPosture.Tests.Harvest;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Connections;

public sealed class SharedOrganizationsTests : IDisposable
{
    private static readonly OrganizationAccount[] Accounts =
    [
        new() { Id = "111122223333", Name = "management", UnitPath = "Root", UnitIds = ["r-1"], IsActive = true, IsManagementAccount = true },
        new() { Id = "444455556666", Name = "##vso[task]\u001b\"Ω\"", UnitPath = "Root/Prod", UnitIds = ["r-1", "ou-1"], IsActive = false },
    ];

    private readonly TemporaryLake _lake = new();
    private int _listed;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task OneOfManyShardsAsksAwsAndTheOthersReadItsAnswer()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var first = Task.Run(() => Shard().ReadAsync("Org", async cancellationToken =>
        {
            begun.SetResult();
            await go.Task.WaitAsync(cancellationToken);
            return await ListAsync(cancellationToken);
        }, default));
        await begun.Task;
        var clock = new WaitingClock();
        var others = Enumerable.Range(0, 5).Select(_ => Task.Run(() => Shard(clock).ReadAsync("org", ListAsync, default))).ToList();
        await clock.Waited;
        go.SetResult();

        foreach (var list in await Task.WhenAll(others.Append(first)))
        {
            Assert.Equal(Accounts.Select(Text), list.Select(Text));
        }

        Assert.Equal(1, _listed);
    }

    [Fact]
    public async Task HoweverTheyMeetNobodyIsTurnedAway()
    {
        const int Rounds = 100;
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Shard().ReadAsync($"org {round}", ListAsync, default))));
        }

        Assert.Equal(Rounds, _listed);
    }

    [Fact]
    public async Task WhatOneCouldNotListTheNextOneLists()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Shard().ReadAsync("org", _ => throw new InvalidOperationException("denied"), default));

        Assert.Equal(2, (await Shard().ReadAsync("org", ListAsync, default)).Count);
    }

    [Fact]
    public async Task EachConnectionHasAListOfItsOwnAndNoneIsTakenForAHarvest()
    {
        await Shard().ReadAsync("org", ListAsync, default);
        await Shard().ReadAsync("other org", ListAsync, default);

        Assert.Equal(2, _listed);
        Assert.Empty(_lake.Lake.Harvests());
        Assert.Equal(["organization-org.json", "organization-other org.json"], Directory.GetFiles(_lake.HarvestFile("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ADamagedListIsToldWithWhatToDo()
    {
        await Shard().ReadAsync("org", ListAsync, default);
        File.WriteAllText(_lake.HarvestFile("organization-org.json"), "[{");

        var error = await Assert.ThrowsAsync<LakeException>(() => Shard().ReadAsync("org", ListAsync, default));

        Assert.Contains("organization-org.json", error.Message);
        Assert.Contains("Remove this file", error.Message);
    }

    [Fact]
    public void NoHarvestIsOutsideTheLake() =>
        Assert.Throws<SettingException>(() => SharedOrganizations.Of(_lake.Lake, "../elsewhere"));

    private static string Text(OrganizationAccount account) =>
        $"{account.Id} {account.Name} {account.UnitPath} {string.Join('/', account.UnitIds)} {account.IsActive} {account.IsManagementAccount}";

    private SharedOrganizations Shard(TimeProvider? clock = null) =>
        new(_lake.HarvestFile("").TrimEnd(Path.DirectorySeparatorChar), clock ?? new JumpingClock());

    private Task<IReadOnlyList<OrganizationAccount>> ListAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _listed);
        return Task.FromResult<IReadOnlyList<OrganizationAccount>>(Accounts);
    }

    /// <summary>Tells when somebody waits.</summary>
    private sealed class WaitingClock : TimeProvider
    {
        private readonly TaskCompletionSource _waited = new();

        public Task Waited => _waited.Task;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waited.TrySetResult();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
