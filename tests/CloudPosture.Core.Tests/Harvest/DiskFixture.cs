using System;
using System.Threading.Tasks;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>What is harvested onto disks that refuse, and what a disk that takes everything holds of it in the end.</summary>
public sealed class DiskFixture : IAsyncLifetime
{
    private readonly TemporaryLake _lake = new();

    internal static SandboxOptions Options { get; } = new() { Accounts = 2, Regions = 1, Now = DateTimeOffset.UtcNow, RecordCalls = false };

    internal SandboxServer Sandbox { get; private set; } = null!;

    internal string[] Undisturbed { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxServer.StartAsync(Options);
        await LakeContents.HarvestAsync(Sandbox, _lake.Lake);
        Undisturbed = LakeContents.Of(_lake.Lake);
    }

    public async Task DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _lake.Dispose();
    }
}
