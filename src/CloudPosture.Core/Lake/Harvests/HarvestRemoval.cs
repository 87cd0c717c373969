using System;
using System.IO;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Files;

namespace CloudPosture.Lake.Harvests;

/// <summary>Takes harvests out of a lake, each at once: whoever reads meets all of it or none.</summary>
public static class HarvestRemoval
{
    private const string Prefix = "removed=";

    /// <summary>Removes a harvest. What is needed is the caller's to know.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <exception cref="LakeException">There is no such harvest, a process is writing it, or the disk refuses.</exception>
    public static void Remove(PostureLake lake, string harvestId) => Remove(lake, harvestId, beforeMove: null);

    /// <summary>Refuses to write a harvest that is being removed. The caller has its lock already: of the two that write their sign and then look for the other's, one at least sees it.</summary>
    /// <exception cref="LakeException">It is.</exception>
    internal static void RefuseIfRemoved(string path, string harvestId)
    {
        if (IsLocked(SharedFile.LockOf(path)))
        {
            throw new LakeException(path, $"harvest '{harvestId}' is being removed. Begin another.");
        }
    }

    /// <summary>Removes a harvest; <paramref name="beforeMove"/> is called when nobody may write it any more, so that tests can try.</summary>
    internal static void Remove(PostureLake lake, string harvestId, Action? beforeMove)
    {
        var path = lake.HarvestPath(harvestId);
        if (!Directory.Exists(path))
        {
            throw new LakeException(lake.Path, $"there is no harvest '{harvestId}' in this lake.", advice: new Advice("List the harvests there are.", "HarvestsList"));
        }

        try
        {
            // Beside the folder, as Windows moves none in which a file is open. It ends with this process, however that ends.
            using var turn = SharedFile.Lock(path);
            if (!Directory.Exists(path))
            {
                return;
            }

            RefuseIfWritten(path, harvestId);
            beforeMove?.Invoke();
            var removed = Path.Combine(lake.Path, $"{Prefix}{harvestId}.{Guid.NewGuid():N}");
            Directory.Move(path, removed);
            Delete(removed);
            Clear(lake);
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            // What stays where it was can be gone on with.
            throw new LakeException(path, $"the harvest cannot be removed ({problem.Message.TrimEnd('.')}). Close what has its files open, or get the right to delete them, and try again.", problem);
        }
    }

    private static bool IsLocked(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        using var free = FileLock.TryLock(file);
        return free is null;
    }

    private static void RefuseIfWritten(string path, string harvestId)
    {
        foreach (var file in HarvestInfo.JournalFiles(path)
            .Select(journal => journal + ".lock")
            .Union(Directory.GetFiles(path, "*.lock"), StringComparer.Ordinal).ToList())
        {
            using var held = FileLock.TryLock(file)
                ?? throw new LakeException(path, $"another process is writing harvest '{harvestId}'. Wait for it.");
        }
    }

    // What a process that died had begun to delete.
    private static void Clear(PostureLake lake)
    {
        foreach (var left in Directory.GetDirectories(lake.Path, Prefix + "*"))
        {
            PrivateFiles.Quietly(() => Delete(left));
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process clears the same.
            PrivateFiles.Quietly(() => Directory.Delete(folder, recursive: true));
        }
    }
}
