using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Tests.Batch;

/// <summary>The files and folders that a batch file sees, in memory.</summary>
internal sealed class BatchDisk
{
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedSet<string> Folders { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string CurrentFolder { get; private set; } = @"C:\Users\Anna";

    public bool MakeFolder(string path) => IsPath(path) && Folders.Contains(Parent(Whole(path))) && Folders.Add(Whole(path));

    public bool Enter(string path)
    {
        var folder = path == ".." ? Parent(CurrentFolder) : Whole(path);
        if (!Folders.Contains(folder))
        {
            return false;
        }

        CurrentFolder = folder;
        return true;
    }

    public void RemoveTree(string path)
    {
        var folder = Whole(path);
        Assert.False(CurrentFolder.StartsWith(folder, StringComparison.OrdinalIgnoreCase), "Windows keeps a folder in which a process stands");
        Folders.RemoveWhere(one => one.StartsWith(folder, StringComparison.OrdinalIgnoreCase));
        foreach (var file in Files.Keys.Where(file => file.StartsWith(folder + "\\", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            Files.Remove(file);
        }
    }

    public string? Read(string path) => path.Equals("nul", StringComparison.OrdinalIgnoreCase) ? "" : Files.GetValueOrDefault(Whole(path));

    public bool Write(string path, string text, bool isAppended)
    {
        if (path.Equals("nul", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!IsPath(path) || !Folders.Contains(Parent(Whole(path))))
        {
            return false;
        }

        Files[Whole(path)] = isAppended ? Files.GetValueOrDefault(Whole(path)) + text : text;
        return true;
    }

    public string Whole(string path) => path.Length > 1 && path[1] == ':' ? path : path.StartsWith('\\') ? "C:" + path : CurrentFolder + "\\" + path;

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('\\'), 0)];

    private static bool IsPath(string path) => path.Length > 0 && !path.Any(character => character is '"' or '<' or '>' or '|' or '?' or '*' || char.IsControl(character));
}
