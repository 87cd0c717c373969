using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Connections;

namespace CloudPosture.Tests.Connections;

/// <summary>The file of connections among real processes.</summary>
public sealed class ConnectionProcessTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    /// <summary>How often to kill: 10, or as many as POSTURE_KILLS says.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("POSTURE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 10;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task ProcessesThatWriteAtOnceLoseNothing()
    {
        string[] writers = ["one", "two", "three"];
        var processes = writers.Select(name => ConnectionProcess.Start(_scratch.Path, name, 20)).ToList();
        foreach (var process in processes)
        {
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        Assert.Equal(
            writers.SelectMany(name => Enumerable.Range(0, 20).Select(number => $"{name}-{number}")).Order(StringComparer.Ordinal),
            (await NamesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AKillLeavesTheOldFileOrTheNewOne()
    {
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await NamesAsync();
            using var process = ConnectionProcess.Start(_scratch.Path, $"run{kill}", 1000);
            var kept = new List<string>();
            for (var lines = random.Next(1, 12); lines > 0; lines--)
            {
                kept.Add((await process.StandardOutput.ReadLineAsync())!);
            }

            Spin(random.Next(0, 3000));
            process.Kill();
            kept.AddRange((await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
            await process.WaitForExitAsync();

            // What was said to be kept is there, and at most the one after it, which the kill kept from being said.
            var added = (await NamesAsync()).Except(before).ToList();
            Assert.Empty(kept.Except(added));
            Assert.InRange(added.Count, kept.Count, kept.Count + 1);
        }

        // The file, its lock, and at most one draft: what kills leave behind does not pile up.
        Assert.InRange(Directory.GetFiles(_scratch.Path, "*", SearchOption.AllDirectories).Length, 1, 3);
    }

    private static void Spin(int microseconds)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since).TotalMicroseconds < microseconds)
        {
        }
    }

    private async Task<IReadOnlyList<string>> NamesAsync() => [.. (await new ConnectionStore(_scratch.Path).ListAsync(default)).Select(connection => connection.Name)];
}
