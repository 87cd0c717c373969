using System;
using System.IO;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Files;

namespace CloudPosture.Lake;

/// <summary>Takes harvests out of a lake, each at once: whoever reads meets all of it or none.</summary>
public static class HarvestRemoval
{
    private const string Prefix = "removed=";

    /// <summary>Removes a harvest. What is needed is the caller's to know.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <exception cref="LakeException">There is no such harvest, a process is writing it, or the disk refuses.</exception>
    public static void Remove(PostureLake lake, string harvestId)
    {
        var path = lake.HarvestPath(harvestId);
        if (!Directory.Exists(path))
        {
            throw new LakeException(lake.Path, $"there is no harvest '{harvestId}' in this lake.", advice: new Advice("List the harvests there are.", "HarvestsList"));
        }

        RefuseIfWritten(path, harvestId);
        try
        {
            Clear(lake);
            var removed = Path.Combine(lake.Path, $"{Prefix}{harvestId}.{Guid.NewGuid():N}");
            Directory.Move(path, removed);
            Directory.Delete(removed, recursive: true);
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            throw new LakeException(path, $"the harvest cannot be removed ({problem.Message.TrimEnd('.')}). Close what has its files open, or get the right to delete them, and try again.", problem);
        }
    }

    private static void RefuseIfWritten(string path, string harvestId)
    {
        foreach (var journal in HarvestInfo.JournalFiles(path).ToList())
        {
            using var held = FileLock.TryLock(journal + ".lock")
                ?? throw new LakeException(path, $"another process is writing harvest '{harvestId}'. Wait for it.");
        }
    }

    // What a process that died had begun to delete.
    private static void Clear(PostureLake lake)
    {
        foreach (var left in Directory.GetDirectories(lake.Path, Prefix + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}
