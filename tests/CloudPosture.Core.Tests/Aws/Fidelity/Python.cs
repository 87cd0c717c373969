using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>The machine's python3, where the independent client and server live.</summary>
internal static class Python
{
    private static readonly Lazy<bool> Botocore = new(() => CanImport("botocore"));
    private static readonly Lazy<bool> Moto = new(() => CanImport("boto3, moto.server"));
    private static readonly Lazy<bool> AwsCli = new(() => Runs("import awscli.clidriver, sys; version = awscli.__version__.split('.'); sys.exit(not (version[0] == '1' and int(version[1]) >= 45))"));

    public static bool HasBotocore => Botocore.Value;

    public static bool HasMoto => Moto.Value;

    public static bool HasAwsCli => AwsCli.Value;

    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Aws", "Fidelity", name);

    public static Process Start(params string[] arguments) =>
        ChildProcess.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Runs a script to its end and gives its output.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments, string input)
    {
        using var process = Start([.. arguments]);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }

    private static bool CanImport(string modules) => Runs("import " + modules);

    private static bool Runs(string script)
    {
        try
        {
            using var process = Start("-c", script);
            process.StandardInput.Close();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
