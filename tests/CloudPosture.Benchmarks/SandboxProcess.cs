using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace CloudPosture.Benchmarks;

/// <summary>The sandbox in a process of its own, so that its work is not counted as the client's.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private readonly Process _process;

    private SandboxProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<SandboxProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "CloudPosture.Sandbox.dll"), "serve" }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The sandbox did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Endpoint().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new SandboxProcess(process, new Uri(match.Groups[1].Value));
            }
        }

        throw new InvalidOperationException("The sandbox ended before it told its endpoint.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"AWS_ENDPOINT_URL=(\S+)")]
    private static partial Regex Endpoint();
}
