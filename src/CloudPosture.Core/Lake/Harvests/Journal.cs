using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>The record of what is committed: a line an entry, the last of which may be torn.</summary>
internal sealed class Journal : IDisposable
{
    private readonly object _gate = new();
    private readonly FileStream _file;
    private bool _isTorn;

    private Journal(FileStream file) => _file = file;

    /// <summary>Opens a journal to append to it; a torn line at its end is cut.</summary>
    public static Journal Open(string path, string harvestId)
    {
        PrivateFiles.Open(path, FileMode.OpenOrCreate).Dispose();
        _ = Read(path, harvestId, out var length);

        // Unbuffered: a line that the disk refuses must not come back with the next one.
        var file = PrivateFiles.Open(path, FileMode.Open, bufferSize: 1);
        file.SetLength(length);
        file.Seek(0, SeekOrigin.End);
        return new(file);
    }

    /// <exception cref="LakeException">A line before the last is damaged.</exception>
    public static IReadOnlyList<JournalEntry> Read(string path, string harvestId) => Read(path, harvestId, out _);

    /// <summary>Appends an entry, which outlives this process; see <see cref="Secure"/> for the machine.</summary>
    public void Append(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, LakeJson.Default.JournalEntry);
        Array.Resize(ref json, json.Length + 1);
        json[json.Length - 1] = (byte)'\n';
        lock (_gate)
        {
            if (_isTorn)
            {
                throw new IOException("An earlier line of the journal could not be written whole");
            }

            var end = _file.Position;
            try
            {
                _file.Write(json, 0, json.Length);
                _file.Flush();
            }
            catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
            {
                // Others may write on when there is room again, and a torn line is sound at the end alone.
                _isTorn = true;
                _file.SetLength(end);
                _isTorn = false;
                throw;
            }
        }
    }

    /// <summary>Waits until all entries are on the disk.</summary>
    public void Secure()
    {
        lock (_gate)
        {
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();

    private static IReadOnlyList<JournalEntry> Read(string path, string harvestId, out long soundLength)
    {
        var entries = new List<JournalEntry>();
        soundLength = 0;
        using var lines = new LineReader(PrivateFiles.Read(path));
        while (lines.Next() is { } line)
        {
            JournalEntry? entry = null;
            try
            {
                entry = JsonSerializer.Deserialize(line.AsSpan(), LakeJson.Default.JournalEntry)?.Checked();
            }
            catch (JsonException damage)
            {
                if (!lines.IsAtEnd)
                {
                    throw LakeException.Damaged(path, harvestId, $"line {entries.Count + 1} is damaged.", damage);
                }
            }

            if (entry is null || !lines.EndedWithNewline)
            {
                break;
            }

            entries.Add(entry);
            soundLength += line.Count + 1;
        }

        return entries;
    }
}
