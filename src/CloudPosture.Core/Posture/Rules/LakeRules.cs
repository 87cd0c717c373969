using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Posture.Rules;

/// <summary>
/// The folders of a person's own rules that a lake is assessed by, kept in its <c>rules.json</c>: a harvest that does not name
/// them must not make their findings vanish.
/// </summary>
public static class LakeRules
{
    private const string FileName = "rules.json";

    /// <summary>The folders, whether or not they are there.</summary>
    /// <param name="lake">The lake.</param>
    /// <returns>Full paths; empty where the lake has no rules of its own.</returns>
    /// <exception cref="LakeException">The file is damaged.</exception>
    public static IReadOnlyList<string> Of(PostureLake lake)
    {
        var path = Path.Combine(lake.Path, FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var stream = PrivateFiles.Read(path);
            using var document = JsonDocument.Parse(stream);
            return [.. document.RootElement.GetProperty("folders").EnumerateArray().Select(folder => folder.GetString()).OfType<string>()];
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new LakeException(path, "the list of rule folders is damaged. Remove the file and name the folders with the next harvest.", damage);
        }
    }

    /// <summary>Keeps the folders in place of earlier ones.</summary>
    internal static void Remember(PostureLake lake, IReadOnlyList<string> folders)
    {
        if (Of(lake).SequenceEqual(folders, StringComparer.Ordinal))
        {
            return;
        }

        HarvestFiles.Write(lake.Path, () =>
        {
            PrivateFiles.CreateDirectory(lake.Path);
            PrivateFiles.Replace(Path.Combine(lake.Path, FileName), stream => Write(stream, folders));
        });
    }

    private static void Write(Stream stream, IReadOnlyList<string> folders)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("folders");
        foreach (var folder in folders)
        {
            json.WriteStringValue(folder);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
