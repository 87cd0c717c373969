using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings;

/// <summary>
/// The failures that a gate lets through because they were there when it was put up. JSON, a failure a line, sorted, so that a
/// repository shows what was added. It holds account ids and ARNs, and no names and no tags.
/// </summary>
public sealed class Baseline
{
    // Ids are 32 hexadecimal digits, of which a million take a third of the memory of their texts.
    private readonly HashSet<Guid> _ids = [];
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    private Baseline()
    {
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BaselineException">The file is no baseline.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            return Read(new Utf8JsonReader(GivenFile.ReadBytes(path, GivenFile.MostOfList)));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new BaselineException($"'{path}' is no baseline.", problem);
        }
    }

    /// <summary>Whether a finding was there.</summary>
    /// <param name="finding">The finding.</param>
    public bool Holds(Finding finding) => Guid.TryParseExact(finding.FindingId, "N", out var id) ? _ids.Contains(id) : _others.Contains(finding.FindingId);

    /// <summary>Writes a baseline.</summary>
    /// <param name="path">The file; one that is there is replaced when all is written.</param>
    /// <param name="failures">What is to be let through.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static int Write(string path, IEnumerable<Finding> failures) => SharedFile.Replace(path, file => Write(file, failures));

    private static Baseline Read(Utf8JsonReader json)
    {
        var baseline = new Baseline();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string? id = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isId = json.ValueTextEquals("findingId"u8);
                json.Read();
                id = isId ? json.GetString() : id;
                json.Skip();
            }

            baseline.Add(id ?? throw new JsonException("An entry has no id."));
        }

        return json.TokenType == JsonTokenType.EndArray ? baseline : throw new JsonException("An entry is no object.");
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw new JsonException($"{type} was expected.");
        }
    }

    private void Add(string findingId)
    {
        if (Guid.TryParseExact(findingId, "N", out var id))
        {
            _ids.Add(id);
        }
        else
        {
            _others.Add(findingId);
        }
    }

    private static int Write(StreamWriter file, IEnumerable<Finding> failures)
    {
        var count = 0;
        file.Write("[");
        foreach (var line in failures.Select(Line))
        {
            file.Write(count++ == 0 ? "\n" : ",\n");
            file.Write(line);
        }

        file.Write("\n]\n");
        return count;
    }

    private static string Line(Finding finding)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("findingId", finding.FindingId);
            json.WriteString("ruleId", finding.RuleId);
            json.WriteString("accountId", finding.AccountId);
            json.WriteString("region", finding.Region);
            json.WriteString("resourceArn", finding.ResourceArn);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
