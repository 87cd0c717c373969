using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using CloudPosture.Files;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Files;

/// <summary>Nobody who may write beside our files gets to read them or to say where they go.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private readonly string _folder = Directory.CreateTempSubdirectory("private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADraftThatSomebodyPlantedIsNotUsed(bool isLink)
    {
        var (path, victim) = (Path.Combine(_folder, "file.json"), Path.Combine(_folder, "victim"));
        File.WriteAllText(victim, "untouched");
        if (isLink)
        {
            File.CreateSymbolicLink(path + ".new", victim);
        }
        else
        {
            File.WriteAllText(path + ".new", "planted");
            File.SetUnixFileMode(path + ".new", Others | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        PrivateFiles.Replace(path, stream => stream.Write("ours"u8));

        Assert.Equal("ours", File.ReadAllText(path));
        Assert.Equal("untouched", File.ReadAllText(victim));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [UnixTheory]
    [InlineData(FileMode.OpenOrCreate)]
    [InlineData(FileMode.Open)]
    [InlineData(FileMode.Create)]
    public void ALinkIsNotWrittenThrough(FileMode mode)
    {
        var (path, victim) = (Path.Combine(_folder, "journal.jsonl"), Path.Combine(_folder, "victim"));
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(path, victim);

        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => PrivateFiles.Open(path, mode)).Message, StringComparison.Ordinal);
        Assert.Equal("untouched", File.ReadAllText(victim));
    }

    [UnixTheory]
    [InlineData("account.lock")]
    public void ALockIsPrivate(string name)
    {
        var path = Path.Combine(_folder, name);

        using var held = FileLock.TryLock(path);

        Assert.NotNull(held);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        Assert.Null(FileLock.TryLock(path));
    }

    [Fact]
    public void AWriteThatFailsLeavesTheFileAndNoDraft()
    {
        var path = Path.Combine(_folder, "file.json");
        File.WriteAllText(path, "before");

        Assert.Throws<InvalidOperationException>(() => PrivateFiles.Replace(path, _ => throw new InvalidOperationException()));

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatACrashLeftGoesWhenItIsOldAndNotBefore()
    {
        var path = Path.Combine(_folder, "file.json");
        var (old, young, another) = (path + ".1.new", path + ".2.new", Path.Combine(_folder, "other.json.3.new"));
        foreach (var file in new[] { old, young, another })
        {
            File.WriteAllText(file, "draft");
        }

        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(another, DateTime.UtcNow.AddHours(-2));

        PrivateFiles.Replace(path, stream => stream.WriteByte(1));

        Assert.Equal([another, path, young], Directory.GetFiles(_folder).OrderBy(file => file, StringComparer.Ordinal).OrderByDescending(file => file == another));
    }

    [UnixTheory]
    [InlineData(UnixFileMode.OtherWrite, true)]
    [InlineData(UnixFileMode.GroupWrite, true)]
    [InlineData(UnixFileMode.OtherRead, false)]
    public void AFolderThatOthersMayWriteToIsTold(UnixFileMode mode, bool isTold)
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | mode);

        Assert.Equal(isTold, PrivateFiles.ExposureOf(_folder)?.Contains("chmod go-w", StringComparison.Ordinal) == true);
    }
}
