using System;
using System.Collections.Generic;
using System.IO.Compression;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>Findings that wait on the disk until they are merged with others.</summary>
internal sealed class SortedRun : IDisposable
{
    private readonly string _path;

    private SortedRun(string path) => _path = path;

    /// <exception cref="LakeException">The disk refuses.</exception>
    public static SortedRun Write(string path, IEnumerable<Finding> findings)
    {
        HarvestFiles.Write(path, () =>
        {
            using var member = new MemberWriter(path);
            using var json = new Utf8JsonWriter(member.Buffer, ResourceLine.Options);
            foreach (var finding in findings)
            {
                json.Reset();
                JsonSerializer.Serialize(json, finding, LakeJson.Default.Finding);
                json.Flush();
                member.EndLine();
            }

            member.Finish(isKept: false);
        });
        return new SortedRun(path);
    }

    public IEnumerable<Finding> Read()
    {
        var reader = new FindingLine(new FindingQuery());
        using var lines = new LineReader(new GZipStream(PrivateFiles.Read(_path), CompressionMode.Decompress));
        while (lines.Next() is { } line)
        {
            if (reader.Read(line.AsSpan()) is { } finding)
            {
                yield return finding;
            }
        }
    }

    public void Dispose() => PrivateFiles.Forget(_path);
}
