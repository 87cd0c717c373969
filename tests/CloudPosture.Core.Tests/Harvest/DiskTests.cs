using System;
using System.IO;
using System.Threading.Tasks;
using CloudPosture.Lake;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>Disks that refuse.</summary>
public sealed class DiskTests(DiskFixture disk) : IClassFixture<DiskFixture>, IDisposable
{
    private readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    /// <summary>The disk is full when the manifest, the first line of the journal, a later one, the data is written.</summary>
    [UnixTheory]
    [InlineData(100)]
    [InlineData(900)]
    [InlineData(3_000)]
    [InlineData(9_000)]
    [InlineData(20_000)]
    public async Task ADiskThatIsFullIsToldWithWhatToDoAndLeavesALakeThatOpensAndIsResumed(int mostBytes)
    {
        AssertTellsWhatToDo(await RunAsync(mostBytes));

        await AssertIsResumedAsync();
    }

    [MountTheory]
    [InlineData("size=16k", "No space left")]
    [InlineData("size=64k", "No space left")]
    [InlineData("size=128k", "No space left")]
    [InlineData("ro", "Read-only")]
    public async Task AVolumeThatIsFullOrReadOnlyIsToldWithWhatToDo(string mountOptions, string why)
    {
        // Only the process sees the volume; what it leaves there is copied to the lake that is resumed.
        const string Script = "volume=$1; copy=$2; shift 2; mount -t tmpfs -o $0 lake $volume || exit 9; \"$@\"; code=$?; cp -R $volume/. $copy; exit $code";
        var volume = Directory.CreateDirectory(_lake.Lake.Path + ".volume").FullName;
        Directory.CreateDirectory(_lake.Lake.Path);
        using var process = HarvestProcess.Start(disk.Sandbox, DiskFixture.Options, volume, shell: ["unshare", "-rm", "sh", "-c", Script, mountOptions, volume, _lake.Lake.Path]);
        var ended = await HarvestProcess.EndAsync(process);
        Directory.Delete(volume);

        AssertTellsWhatToDo(ended);
        Assert.Contains(why, ended.Said);
        await AssertIsResumedAsync();
    }

    private static void AssertTellsWhatToDo((int ExitCode, string Said) ended)
    {
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("harvest=", ended.Said);
        Assert.Contains("cannot be written", ended.Said);
        Assert.Contains("then resume the harvest", ended.Said);
        Assert.DoesNotContain(" at CloudPosture", ended.Said);
    }

    private async Task AssertIsResumedAsync()
    {
        Assert.NotNull(LakeContents.Of(PostureLake.Open(_lake.Lake.Path)));
        var freed = await RunAsync();

        Assert.True(freed.ExitCode == 0, freed.Said);
        Assert.Equal(disk.Undisturbed, LakeContents.Of(PostureLake.Open(_lake.Lake.Path)));
    }

    private async Task<(int ExitCode, string Said)> RunAsync(long mostBytes = 0)
    {
        using var process = HarvestProcess.Start(disk.Sandbox, DiskFixture.Options, _lake.Lake.Path, mostBytes);
        return await HarvestProcess.EndAsync(process);
    }
}
