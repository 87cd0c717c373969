using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;

namespace CloudPosture.Secrets;

/// <summary>
/// Copies a configuration and puts a judgement in the place of each sensitive text: <c>{"Length": n}</c>, with
/// <c>"Secret": kind</c> and, in texts of several lines, <c>"Line": n</c> where a secret was found, and <c>"Lines": n</c>. Keys stay.
/// </summary>
internal static class SecretSeal
{
    private static readonly string[] NamesOfNames = ["name", "Name", "key", "Key", "ParameterKey", "OutputKey", "parameterKey", "OptionName"];
    private static readonly string[] NamesOfValues = ["value", "Value", "ParameterValue", "OutputValue", "parameterValue", "stringValue"];

    /// <summary>Copies a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">The configuration.</param>
    /// <param name="sensitive">The members to judge.</param>
    public static void Write(Utf8JsonWriter json, JsonElement value, IReadOnlyList<SensitiveEntry> sensitive) =>
        Copy(json, value, [.. sensitive.Select(entry => new Trail(entry, 0, entry.Named?.TextsIn(value) ?? []))], "");

    private static void Copy(Utf8JsonWriter json, JsonElement value, IReadOnlyList<Trail> trails, string name)
    {
        if (trails.FirstOrDefault(trail => trail.IsAtEnd) is { } end)
        {
            Seal(json, value, name, end.Entry.Encoding, end);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when trails.Count > 0:
                json.WriteStartObject();
                var named = NameIn(value);
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    CopyMember(json, member, [.. trails.Where(trail => trail.Member == member.Name && !trail.Excepts(value))], SettingName(named, member));
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void CopyMember(Utf8JsonWriter json, JsonProperty member, IReadOnlyList<Trail> trails, string name)
    {
        var each = trails.Where(trail => trail.IsEach).Select(trail => trail.Next).ToList();
        if (each.Count > 0 && member.Value.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var element in member.Value.EnumerateArray())
            {
                Copy(json, element, each, name);
            }

            json.WriteEndArray();
            return;
        }

        Copy(json, member.Value, [.. trails.Where(trail => !trail.IsEach).Select(trail => trail.Next)], name);
    }

    private static void Seal(Utf8JsonWriter json, JsonElement value, string name, SensitiveEncoding encoding, Trail? trail = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                var named = NameIn(value);
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    if (named is not null && NamesOfNames.Contains(member.Name))
                    {
                        member.Value.WriteTo(json);
                        continue;
                    }

                    if (trail?.KeptOf(member) is { } kept && SecretDetector.Find(member.Name, member.Value.GetString()!) is null)
                    {
                        json.WriteStringValue(kept);
                        continue;
                    }

                    Seal(json, member.Value, SettingName(named, member), encoding);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    Seal(json, element, name, encoding);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when encoding == SensitiveEncoding.Json && JsonText.TryParse(value.GetString()!) is { } document:
                using (document)
                {
                    Seal(json, document.RootElement, name, SensitiveEncoding.Plain);
                }

                break;
            case JsonValueKind.String:
                Judge(json, name, encoding == SensitiveEncoding.Base64 ? Decoded(value.GetString()!) : value.GetString()!);
                break;
            case JsonValueKind.Number:
                Judge(json, name, value.GetRawText());
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void Judge(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject();
        if (SecretDetector.Find(name, text) is var (kind, line))
        {
            json.WriteString("Secret", kind);
            if (line > 1)
            {
                json.WriteNumber("Line", line);
            }
        }

        json.WriteNumber("Length", text.Length);
        if (text.IndexOf('\n') >= 0)
        {
            json.WriteNumber("Lines", text.TrimEnd('\n').Split('\n').Length);
        }

        json.WriteEndObject();
    }

    /// <summary>The setting's name where name and value are members side by side.</summary>
    private static string? NameIn(JsonElement pair)
    {
        // A setting may itself be called "key": it names another only where a value stands beside it.
        if (!NamesOfValues.Any(value => pair.TryGetProperty(value, out _)))
        {
            return null;
        }

        foreach (var key in NamesOfNames)
        {
            if (pair.TryGetProperty(key, out var name) && name.ValueKind == JsonValueKind.String)
            {
                return name.GetString();
            }
        }

        return null;
    }

    private static string SettingName(string? named, JsonProperty member) => named is not null && NamesOfValues.Contains(member.Name) ? named : member.Name;

    private static string Decoded(string text)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return text;
        }

        return Encoding.UTF8.GetString(bytes.Length > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b ? Inflated(bytes) : bytes);
    }

    private static byte[] Inflated(byte[] bytes)
    {
        // User data is 16 KB at most; what unpacks to far more was not written by hand.
        const int MaxLength = 1 << 20;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var buffer = new byte[MaxLength];
            var length = 0;
            int read;
            while (length < MaxLength && (read = gzip.Read(buffer, length, MaxLength - length)) > 0)
            {
                length += read;
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        catch (InvalidDataException)
        {
            return bytes;
        }
    }

    /// <summary>How far the way to a sensitive member has been gone.</summary>
    private sealed record Trail(SensitiveEntry Entry, int Depth, IReadOnlyList<string> Naming)
    {
        private IReadOnlyList<(string Member, bool IsEach)> Steps => Entry.Path.Steps ?? [];

        public bool IsAtEnd => Depth >= Steps.Count;

        public string Member => Steps[Depth].Member;

        public bool IsEach => Steps[Depth].IsEach;

        public string? KeptOf(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String ? Entry.Named?.KeptOf(member.Name, member.Value.GetString()!, Naming) : null;

        public bool Excepts(JsonElement holder) => Depth == Steps.Count - 1 && Entry.Keeps(holder);

        public Trail Next => this with { Depth = Depth + 1 };
    }
}
