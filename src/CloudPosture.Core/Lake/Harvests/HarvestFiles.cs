using System;
using System.IO;
using System.Text.Json;
using CloudPosture.Errors;
using CloudPosture.Files;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>The files of a harvest as they are written: one writer at a time, refusals of the disk in words, nothing behind what is committed.</summary>
internal static class HarvestFiles
{
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            throw CannotWrite(path, problem);
        }
    }

    public static FileStream Lock(string path, string harvestId) =>
        FileLock.TryLock(path) ?? throw new LakeException(path, $"another process is writing harvest '{harvestId}'. Wait for it, or begin a harvest of your own.");

    public static void WriteManifest(HarvestInfo harvest, HarvestManifest manifest) =>
        PrivateFiles.Replace(harvest.ManifestPath(manifest.ShardIndex), stream => JsonSerializer.Serialize(stream, manifest, LakeJson.Default.HarvestManifest));

    /// <summary>What a process that died had not committed must not be seen by those who read the file as a whole.</summary>
    public static void CutTail(string path, long end)
    {
        if (File.Exists(path) && new FileInfo(path).Length > end)
        {
            Write(path, () => Cut(path, end));
        }
    }

    public static void Cut(string path, long end)
    {
        using var file = PrivateFiles.Open(path, FileMode.Open);
        file.SetLength(end);
    }

    /// <summary>Waits until what was written to a file is on the disk.</summary>
    public static void Secure(string path)
    {
        if (File.Exists(path))
        {
            using var file = PrivateFiles.Open(path, FileMode.Open);
            file.Flush(flushToDisk: true);
        }
    }

    public static long End(Segment? segment) => segment is null ? 0 : segment.Offset + segment.Length;

    /// <summary>A member that the disk lost is read from AWS again rather than trusted.</summary>
    public static bool IsSound(string path, Segment? segment) => segment is null || MemberReader.IsSound(path, segment);

    public static LakeException CannotWrite(string path, Exception problem) =>
        new(
            path,
            $"the lake cannot be written ({DraftNames.Without(problem.Message).TrimEnd('.')}).",
            problem,
            new Advice("Make room or grant access, or use another folder; then resume the harvest: what is committed is safe.", "LakeUnwritable"));
}
