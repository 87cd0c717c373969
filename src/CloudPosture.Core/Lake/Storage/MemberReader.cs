using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Harvests;
using CloudPosture.Text;

namespace CloudPosture.Lake.Storage;

/// <summary>
/// Reads members of the lake's files, line by line. Before a line of one is used all of it is compared with its checksum: half of a
/// service would look like a service that has half of its resources.
/// </summary>
internal sealed class MemberReader(DamageReport report)
{
    /// <summary>What is wrong with a member; null where it is as it was written.</summary>
    public static LakeException? DamageOf(HarvestInfo harvest, string path, Segment? segment)
    {
        if (segment is null)
        {
            return null;
        }

        try
        {
            return IsSound(path, segment)
                ? null
                : LakeException.Damaged(path, harvest.HarvestId, FormattableString.Invariant($"the data from byte {segment.Offset} on is missing, cut short or changed: its checksum is not the one it was written with."));
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            return LakeException.Damaged(path, harvest.HarvestId, $"the data cannot be read ({problem.Message.TrimEnd('.')}).", problem);
        }
    }

    /// <summary>Whether a member is as it was written.</summary>
    public static bool IsSound(string path, Segment segment)
    {
        if (segment.Offset < 0 || segment.Length < 0 || !File.Exists(path) || new FileInfo(path).Length - segment.Length < segment.Offset)
        {
            return false;
        }

        using var member = new SegmentStream(PrivateFiles.Read(path), segment);
        return Sha256.Hex(member) == segment.Sha256;
    }

    /// <summary>Reads a member that is compared with its checksum first.</summary>
    public IEnumerable<T> Read<T>(HarvestInfo harvest, string path, Segment? segment, Func<ArraySegment<byte>, T?> read)
        where T : class
    {
        if (DamageOf(harvest, path, segment) is { } damage)
        {
            report.Tell(damage);
            return [];
        }

        return segment is null ? [] : ReadSound(harvest, path, segment, read);
    }

    /// <summary>Reads a member that was compared with its checksum, or has none.</summary>
    public IEnumerable<T> ReadSound<T>(HarvestInfo harvest, string path, Segment segment, Func<ArraySegment<byte>, T?> read)
        where T : class
    {
        if (report.Guard(() => Open(harvest, path, segment)) is not { } lines)
        {
            yield break;
        }

        using (lines)
        {
            while (true)
            {
                T? item;
                try
                {
                    if (lines.Next() is not { } line)
                    {
                        yield break;
                    }

                    item = read(line);
                }
                catch (Exception problem) when (problem is InvalidDataException or JsonException or IOException or InvalidOperationException or FormatException)
                {
                    report.Tell(LakeException.Damaged(path, harvest.HarvestId, FormattableString.Invariant($"the data at byte {segment.Offset} and after is damaged."), problem));
                    yield break;
                }

                if (item is not null)
                {
                    yield return item;
                }
            }
        }
    }

    private static LineReader Open(HarvestInfo harvest, string path, Segment segment)
    {
        try
        {
            return new LineReader(new GZipStream(new SegmentStream(PrivateFiles.Read(path), segment), CompressionMode.Decompress));
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            throw LakeException.Damaged(path, harvest.HarvestId, $"the file cannot be read ({problem.Message.TrimEnd('.')}).", problem);
        }
    }
}
