using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>The file <c>_counts.json.gz</c> beside the findings of an account. It names the findings it was counted from: those of a process that died are not taken for others'.</summary>
internal sealed record AssessmentCounts
{
    /// <summary>The SHA-256 of the file of findings, 64 hexadecimal digits.</summary>
    public required string Findings { get; init; }

    public required IReadOnlyCollection<FindingCount> Counts { get; init; }

    public static void Write(string path, AssessmentCounts counts) => PrivateFiles.Replace(path, stream =>
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        JsonSerializer.Serialize(gzip, counts, LakeJson.Default.AssessmentCounts);
    });

    /// <summary>Reads.</summary>
    /// <returns>Null where there are none of these findings: they are counted anew then.</returns>
    public static IReadOnlyCollection<FindingCount>? Read(string path, Segment? findings)
    {
        if (findings is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var gzip = new GZipStream(PrivateFiles.Read(path), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(gzip, LakeJson.Default.AssessmentCounts) is { } counts && counts.Findings == findings.Sha256 ? counts.Counts : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException || PrivateFiles.IsRefusal(damage))
        {
            return null;
        }
    }
}
