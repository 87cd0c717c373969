using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Files;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Findings.Imports;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Files;

/// <summary>Whatever a user names as a file to read, it is read, or refused in one sentence; nothing is waited for without end, and nothing takes all memory.</summary>
public sealed class GivenFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("given-").FullName;

    /// <summary>Those who read a file that a user named.</summary>
    private static readonly Dictionary<string, Action<string>> Readers = new(StringComparer.Ordinal)
    {
        ["exceptions"] = path => new ExceptionFile(path).Read(),
        ["a mutelist"] = path => ExceptionImport.Read(path, LakeContents.Rules, "r"),
        ["a baseline"] = path => Baseline.Read(path),
    };

    public static TheoryData<string> ReaderNames => [.. Readers.Keys];

    private string Path => System.IO.Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void APipeThatNobodyWritesToIsNotWaitedForWithoutEnd(bool isLink)
    {
        MakePipe();
        var name = isLink ? LinkTo(Path) : Path;

        var problem = Assert.Throws<IOException>(() => GivenFile.ReadText(name, patience: TimeSpan.Zero));

        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("pipe that nobody writes to", problem.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("{\"a\": 1}")]
    [InlineData("")]
    public void WhatComesThroughAPipeIsRead(string text)
    {
        MakePipe();
        using var writer = ChildProcess.Start(new ProcessStartInfo("sh", ["-c", "printf %s \"$1\" > \"$0\"", Path, text]));

        Assert.Equal(text, GivenFile.ReadText(Path));
    }

    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADeviceThatNeverEndsIsRefused(bool isLink)
    {
        var problem = Assert.Throws<IOException>(() => GivenFile.ReadBytes(isLink ? LinkTo("/dev/zero") : "/dev/zero", 2 << 20));

        Assert.Contains("larger than 2 MiB", problem.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [MemberData(nameof(ReaderNames))]
    public void WhoeverReadsWhatAUserNamedIsNotTakenInByADeviceThatNeverEnds(string reader)
    {
        var problem = Assert.ThrowsAny<Exception>(() => Readers[reader](LinkTo("/dev/zero")));

        Assert.Contains("larger than 64 MiB", problem.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("rules.yaml")]
    public void ARuleFileThatNeverEndsIsNotAssessed(string name)
    {
        File.CreateSymbolicLink(System.IO.Path.Combine(_folder, name), "/dev/zero");

        var problem = Assert.Throws<ContentException>(() => YamlText.Read(System.IO.Path.Combine(_folder, name)));

        Assert.Contains("cannot be read", problem.Message, StringComparison.Ordinal);
        Assert.Contains("larger than 64 MiB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileLargerThanItsLikeEverIsIsRefusedUnread()
    {
        using (var file = File.Create(Path))
        {
            file.SetLength((64 << 10) + 1);
        }

        Assert.Contains("larger than 64 KiB", Assert.Throws<IOException>(() => GivenFile.ReadText(Path, 64 << 10)).Message, StringComparison.Ordinal);
        Assert.Equal((64 << 10) + 1, GivenFile.ReadBytes(Path, (64 << 10) + 1).Length);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-32", true)]
    public void TextIsReadByItsMark(string encoding, bool isMarked)
    {
        File.WriteAllBytes(Path, [.. isMarked ? Encoding.GetEncoding(encoding).GetPreamble() : [], .. Encoding.GetEncoding(encoding).GetBytes("grün 日本\r\n")]);

        Assert.Equal("grün 日本\r\n", GivenFile.ReadText(Path));
    }

    [Fact]
    public void WhatIsNotThereOrEmptyIsWhatItAlwaysWas()
    {
        Assert.Throws<FileNotFoundException>(() => GivenFile.ReadText(Path));
        Assert.Throws<DirectoryNotFoundException>(() => GivenFile.ReadText(System.IO.Path.Combine(Path, "below")));
        File.WriteAllText(Path, "");
        Assert.Equal("", GivenFile.ReadText(Path));
    }

    private void MakePipe()
    {
        using var process = ChildProcess.Start(new ProcessStartInfo("mkfifo", [Path]));
        process.WaitForExit();
    }

    private string LinkTo(string target)
    {
        var link = System.IO.Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, target);
        return link;
    }
}
