using System;
using System.Diagnostics;
using System.IO;
using CloudPosture.Files;
using CloudPosture.Posture.Reports;
using CloudPosture.Reporting;
using CloudPosture.Tests.Harvest;
using CloudPosture.Tests.Reporting;

namespace CloudPosture.Tests.Files;

/// <summary>What is written takes the place of a file, and of nothing else; what the disk refuses is told of the file that was named.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replaced-").FullName;

    private string File => Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Who may make devices finds /dev/null gone otherwise.</summary>
    [UnixTheory]
    [InlineData("private")]
    [InlineData("shared")]
    [InlineData("report")]
    public void APipeIsNotReplacedByAFile(string how)
    {
        Run("mkfifo", File);

        var problem = Assert.Throws<IOException>(() => Write(how, File));

        Assert.Contains($"'{File}' is a pipe or a device", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, Run("test", "-p", File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [UnixTheory]
    [InlineData("private")]
    [InlineData("shared")]
    public void NeitherIsALinkToADevice(string how)
    {
        System.IO.File.CreateSymbolicLink(File, "/dev/null");

        Assert.Contains("a pipe or a device", Assert.Throws<IOException>(() => Write(how, File)).Message, StringComparison.Ordinal);
        Assert.Equal("/dev/null", new FileInfo(File).LinkTarget);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("shared")]
    public void WhatTheDiskRefusesIsToldOfTheFileAndNotOfItsDraft(string how)
    {
        var problem = Assert.Throws<DirectoryNotFoundException>(() => Write(how, Path.Combine(_folder, "none", "file")));

        Assert.Contains(Path.Combine(_folder, "none", "file"), problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWriteThatFailsLeavesASharedFileAndNoDraft()
    {
        System.IO.File.WriteAllText(File, "before");

        Assert.Throws<InvalidOperationException>(() => SharedFile.Replace<bool>(File, _ => throw new InvalidOperationException()));

        Assert.Equal("before", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatACrashLeftBesideASharedFileGoesWhenItIsOld()
    {
        var left = $"{File}.{Guid.NewGuid():N}.new";
        System.IO.File.WriteAllText(left, "half");
        System.IO.File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));

        Write("shared", File);

        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    private static void Write(string how, string path)
    {
        switch (how)
        {
            case "private":
                PrivateFiles.Replace(path, stream => stream.Write("ours"u8));
                break;
            case "shared":
                SharedFile.Replace(path, writer =>
                {
                    writer.Write("ours");
                    return true;
                });
                break;
            default:
                using (var report = PostureReport.Begin(path, ReportFormat.Csv, ReportSamples.Library, ReportSamples.Now))
                {
                    report.Save(default);
                }

                break;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = ChildProcess.Start(new ProcessStartInfo(program, arguments));
        process.WaitForExit();
        return process.ExitCode;
    }
}
