using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CloudPosture.Benchmarks;

/// <summary>Runs in this process, so that a benchmark can tell <see cref="ThroughputColumn"/> how much it worked on.</summary>
internal sealed class ThroughputConfig : ManualConfig
{
    public ThroughputConfig()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddColumn(ThroughputColumn.Instance);
    }
}
