using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace CloudPosture.Benchmarks;

/// <summary>
/// What a first harvest costs whoever types it: a new PowerShell each time, with default settings, imports the module and harvests an
/// account of moto's server. The process tells its own figures at its end; the medians are printed.
/// </summary>
internal static class FirstHarvestMeasurement
{
    private const string Region = "eu-central-1";

    private const string Script = """
        $self = [Diagnostics.Process]::GetCurrentProcess()
        $before = $self.TotalProcessorTime
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Import-Module $env:CLOUDPOSTURE_MODULE
        $import = $watch.Elapsed.TotalMilliseconds
        New-PostureConnection -Name moto | Out-Null
        $self.Refresh()
        $cpu = $self.TotalProcessorTime
        $watch.Restart()
        $summary = Invoke-PostureHarvest -Connection moto -Region $env:AWS_REGION -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $harvest = $watch.Elapsed.TotalSeconds
        $self.Refresh()
        [ordered]@{
            'import ms' = $import
            'harvest s' = $harvest
            'harvest CPU s' = ($self.TotalProcessorTime - $cpu).TotalSeconds
            'process CPU s' = $self.TotalProcessorTime.TotalSeconds
            'compiling s' = [System.Runtime.JitInfo]::GetCompilationTime().TotalSeconds
            'peak MB' = $self.PeakWorkingSet64 / 1MB
            'calls' = $summary.Calls
            'retried' = $summary.Retried
            'resources' = $summary.Resources
            'findings' = $summary.Passed + $summary.Failed
        } | ConvertTo-Json -Compress
        """;

    public static async Task RunAsync(int runs, string? shell)
    {
        var root = RepositoryRoot();
        shell ??= Path.Combine(root, "src", "CloudPosture.Prompt", "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        using var moto = await MotoProcess.StartAsync(Region, withImages: false);
        var figures = new List<Dictionary<string, double>>();
        for (var run = 0; run <= runs; run++)
        {
            var told = await RunOnceAsync(shell, Path.Combine(root, "CloudPosture.psd1"), moto.Url);
            if (run > 0)
            {
                figures.Add(told);
            }
        }

        foreach (var name in figures[0].Keys)
        {
            var sorted = figures.Select(figure => figure[name]).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {sorted[sorted.Count / 2],10:N1}  ({sorted[0]:N1} to {sorted[^1]:N1})"));
        }
    }

    private static async Task<Dictionary<string, double>> RunOnceAsync(string shell, string module, Uri url)
    {
        var home = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var start = new ProcessStartInfo(shell, ["-NoProfile", "-NonInteractive", "-Command", Script]) { RedirectStandardOutput = true };
            foreach (var (name, value) in new[]
            {
                ("CLOUDPOSTURE_MODULE", module), ("CLOUDPOSTURE_HOME", home), ("AWS_ENDPOINT_URL", url.OriginalString), ("AWS_REGION", Region),
                ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
            })
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return JsonSerializer.Deserialize<Dictionary<string, double>>(output.Trim().Split('\n')[^1])!;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudPosture.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run this in a clone of the repository.");
        }

        return folder.FullName;
    }
}
