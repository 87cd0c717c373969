using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Posture;
using CloudPosture.Reporting;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Reporting;

public sealed class ReportTrials
{
    [Fact]
    public async Task Trial()
    {
        var folder = "/tmp/nhtml/out";
        Directory.CreateDirectory(folder);
        using var lake = new TemporaryLake();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 6, Regions = 2 });
        await Demo.RunAsync(server, lake.Lake);
        var library = RuleLibrary.Load([Demo.RulesFolder], Path.Combine(RepositoryRoot.Path, "module", "frameworks"));
        await Write(Path.Combine(folder, "demo.html"), new ReportContentReader(lake.Lake, library.Rules, library.Benchmarks).Read());
        await Write(Path.Combine(folder, "estate.html"), Estate.Of(5000, 40));
        await Write(Path.Combine(folder, "big.html"), Estate.Of(100_000, 60));
        await Write(Path.Combine(folder, "cut.html"), Estate.Of(1_000_000, 60));
        await Write(Path.Combine(folder, "hostile.html"), Estate.Of(240, 3, "</script><img src=x onerror=alert(1)>\u2028\u202Eevil\u0000'\"`$(calc)"));
    }

    private static async Task Write(string path, ReportContent content)
    {
        var watch = Stopwatch.StartNew();
        using var file = File.Create(path);
        await HtmlReport.WriteAsync(content, file, CancellationToken.None);
        await File.AppendAllTextAsync("/tmp/nhtml/out/log", $"{path} {watch.Elapsed} {file.Length} peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB\n");
    }
}
