using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>
/// Where a journal holds the newest line of each account and of each of its services. It grows with the journal and keeps some
/// bytes a line, so that one account of thousands is found without reading the others. Not thread-safe.
/// </summary>
internal sealed class JournalIndex(string path, string harvestId)
{
    private readonly Dictionary<string, AccountLines> _accounts = new(StringComparer.Ordinal);
    private readonly StringPool _services = new();
    private long _length;

    /// <summary>The accounts of which anything is known.</summary>
    public IEnumerable<string> Accounts => _accounts.Keys;

    /// <summary>The accounts of which something is committed.</summary>
    public IEnumerable<string> CommittedAccounts
    {
        get
        {
            foreach (var account in _accounts)
            {
                if (account.Value.Services.Count > 0)
                {
                    yield return account.Key;
                }
            }
        }
    }

    /// <summary>Takes in what was appended since the last time.</summary>
    /// <exception cref="LakeException">A line before the last is damaged.</exception>
    public void Refresh()
    {
        using var file = PrivateFiles.Read(path);
        if (file.Length == _length)
        {
            return;
        }

        if (file.Length < _length)
        {
            // Another process cut a line that looked sound from here.
            _accounts.Clear();
            _length = 0;
        }

        file.Seek(_length, SeekOrigin.Begin);
        using var lines = new LineReader(file);
        while (lines.Next() is { } line && lines.EndedWithNewline)
        {
            if (!TryAdd(line))
            {
                if (!lines.IsAtEnd)
                {
                    throw Damaged(_length);
                }

                return;
            }

            _length += line.Count + 1;
        }
    }

    /// <summary>The newest lines of an account: itself, if it was recorded, and its services.</summary>
    /// <exception cref="LakeException">A line is damaged.</exception>
    public IEnumerable<JournalEntry> Read(string accountId)
    {
        if (!_accounts.TryGetValue(accountId, out var lines))
        {
            yield break;
        }

        using var file = PrivateFiles.Read(path);
        if (lines.Account is { } account)
        {
            yield return Read(file, account);
        }

        foreach (var service in lines.Services.Values)
        {
            yield return Read(file, service);
        }
    }

    private JournalEntry Read(FileStream file, Line line)
    {
        var bytes = new byte[line.Length];
        file.Seek(line.Offset, SeekOrigin.Begin);
        try
        {
            for (var read = 0; read < bytes.Length;)
            {
                var more = file.Read(bytes, read, bytes.Length - read);
                read += more > 0 ? more : throw Damaged(line.Offset);
            }

            return JsonSerializer.Deserialize(bytes, LakeJson.Default.JournalEntry)?.Checked() ?? throw Damaged(line.Offset);
        }
        catch (JsonException damage)
        {
            throw Damaged(line.Offset, damage);
        }
    }

    private bool TryAdd(ArraySegment<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line.AsSpan());
            if (!json.Read() || !json.Read() || json.TokenType != JsonTokenType.PropertyName)
            {
                return false;
            }

            var isService = json.ValueTextEquals("service"u8);
            if (json.ValueTextEquals("calls"u8))
            {
                ReadToEnd(ref json);
                return true;
            }

            if (!json.Read() || !TryReadNames(ref json, isService, out var account, out var service))
            {
                return false;
            }

            ReadToEnd(ref json);
            Add(account, service, new Line(_length, line.Count));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The rest must be sound JSON too: a line that a crash cut short may begin well.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    private static void ReadToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
            // Reading is what finds out.
        }
    }

    /// <summary>Reads as far as the names, which stand first in lines of our own.</summary>
    private bool TryReadNames(ref Utf8JsonReader json, bool isService, out string account, out string? service)
    {
        (account, service) = ("", null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName && (account.Length == 0 || (isService && service is null)))
        {
            if (json.ValueTextEquals("accountId"u8))
            {
                json.Read();
                account = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("service"u8))
            {
                json.Read();
                service = _services.Get(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return AccountIds.IsValid(account) && isService == (service is not null);
    }

    private void Add(string account, string? service, Line line)
    {
        if (!_accounts.TryGetValue(account, out var lines))
        {
            _accounts[account] = lines = new();
        }

        if (service is null)
        {
            lines.Account = line;
        }
        else
        {
            lines.Services[service] = line;
        }
    }

    private LakeException Damaged(long offset, Exception? cause = null) =>
        LakeException.Damaged(path, harvestId, FormattableString.Invariant($"line {LineAt(offset)} is damaged."), cause);

    /// <summary>The number of the line that begins at a byte, from 1, as editors count.</summary>
    private long LineAt(long offset)
    {
        using var file = PrivateFiles.Read(path);
        var number = 1L;
        for (var letter = file.ReadByte(); letter >= 0 && file.Position <= offset; letter = file.ReadByte())
        {
            number += letter == '\n' ? 1 : 0;
        }

        return number;
    }

    private readonly record struct Line(long Offset, int Length);

    private sealed class AccountLines
    {
        public Line? Account { get; set; }

        public Dictionary<string, Line> Services { get; } = new(StringComparer.Ordinal);
    }
}
