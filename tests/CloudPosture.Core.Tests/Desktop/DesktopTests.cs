using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Reporting;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Desktop;

/// <summary>The build for Windows PowerShell 5.1, from loading to findings.</summary>
public sealed class DesktopTests
{
    [MonoFact]
    public async Task The_Framework_build_harvests_and_assesses_exactly_what_is_planted()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 1, Regions = 2, CheckAnswers = true });
        var organization = sandbox.Organization;
        var account = organization.Accounts[0];

        var (code, output) = await RunAsync(
            sandbox.Url.OriginalString, organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey,
            account.Id, account.ReaderRoleArn, organization.ExternalId, AppContext.BaseDirectory);

        Assert.True(code == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.Trim().EndsWith($"shard: {Shard.Of(account.Id, 50)} of 50", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("harvest: Complete", StringComparison.Ordinal) && line.Contains(" 0 gaps"));
        Assert.Contains(lines, line => line.Trim() == $"reports: {string.Join(' ', Enum.GetNames<ReportFormat>())}");
        var planted = organization.Planted.Select(fault => $"{fault.RuleId} {fault.AccountId} {fault.Region} {fault.ResourceId}");
        var found = lines.SkipWhile(line => !line.StartsWith("assessment:", StringComparison.Ordinal)).Skip(1);
        Assert.Equal(planted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var program = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)
            .Replace("CloudPosture.Core.Tests", "CloudPosture.DesktopCheck", StringComparison.Ordinal)
            .Replace("net10.0", "net472", StringComparison.Ordinal);
        using var process = ChildProcess.Start(new ProcessStartInfo("mono", [Path.Combine(program, "CloudPosture.DesktopCheck.exe"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
