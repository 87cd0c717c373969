using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit.Abstractions;

namespace CloudPosture.PowerShell.Tests;

/// <summary>The Pester tests, each file in a shell of its own, so that one command runs all tests of the solution.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private const int LinesOfFailure = 60;

    /// <summary>Most of a file's time is waiting, for the pace of harvests above all.</summary>
    private const int FilesAtATime = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly string Folder = Path.Combine(Cmdlets.Repository, "tests", "Pester");

    private static readonly Lazy<Dictionary<string, Task<(int ExitCode, string Text, List<XElement> Tests)>>> Runs = new(RunAll);

    public static TheoryData<string> Files => [.. Names];

    private static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.Tests.ps1").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task All_tests_of_the_file_pass(string file)
    {
        var (exitCode, text, tests) = await Runs.Value[file];
        Tell(tests);
        var failed = tests.Where(test => (string?)test.Attribute("result") is not ("Success" or "Ignored" or "Skipped")).Select(Failure).ToList();
        Assert.True(exitCode == 0 && failed.Count == 0, failed.Count > 0 ? string.Join("\n\n", failed) : End(text));
    }

    private static Dictionary<string, Task<(int ExitCode, string Text, List<XElement> Tests)>> RunAll()
    {
        var places = new SemaphoreSlim(FilesAtATime);
        return Names.ToDictionary(file => file, file => Task.Run(() => RunAsync(file, places)), StringComparer.Ordinal);
    }

    private static async Task<(int ExitCode, string Text, List<XElement> Tests)> RunAsync(string file, SemaphoreSlim places)
    {
        await places.WaitAsync();
        var result = Path.GetTempFileName();
        try
        {
            var (exitCode, text) = await Shell.RunAsync(
                ["-File", Path.Combine(Folder, "Invoke-Tests.ps1"), "-Path", Path.Combine(Folder, file), "-ResultPath", result, "-PesterPath", Path.Combine(Shell.Home, "Modules", "Pester", "Pester.psd1")],
                Patience);
            return (exitCode, text, Tests(result));
        }
        finally
        {
            File.Delete(result);
            places.Release();
        }
    }

    private static List<XElement> Tests(string result) =>
        new FileInfo(result).Length == 0 ? [] : [.. XDocument.Load(result).Descendants("test-case")];

    private void Tell(List<XElement> tests)
    {
        output.WriteLine($"{tests.Count(test => (string?)test.Attribute("result") == "Success")} tests passed.");
        foreach (var test in tests.Where(test => (string?)test.Attribute("executed") == "False"))
        {
            output.WriteLine($"Skipped: {(string?)test.Attribute("name")}. {test.Element("reason")?.Value.Trim()}");
        }
    }

    private static string Failure(XElement test) => $"{(string?)test.Attribute("name")}\n{test.Element("failure")?.Value.Trim()}";

    /// <summary>What was said last: why a file could not be run at all.</summary>
    private static string End(string text) => string.Join('\n', text.Split('\n').TakeLast(LinesOfFailure));
}
