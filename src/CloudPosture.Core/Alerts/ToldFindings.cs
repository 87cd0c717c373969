using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Text;

namespace CloudPosture.Alerts;

/// <summary>
/// What one receiver was told, in a private file. It holds ids of findings, times and severities: no name and no address. About 60 bytes of
/// memory a failure.
/// </summary>
internal sealed class ToldFindings
{
    private const string Header = "cloudposture-alerts 1";

    // What is not seen for so long is gone, and is not kept for ever.
    private const int LongestUnseen = 180;
    private readonly Dictionary<Guid, ToldFinding> _told;
    private readonly string _path;
    private readonly int _today;
    private bool _isChanged;

    private ToldFindings(string path, int today, Dictionary<Guid, ToldFinding> told)
    {
        _path = path;
        _today = today;
        _told = told;
    }

    /// <summary>Reads the file, or begins one.</summary>
    /// <exception cref="IOException">It cannot be read, or is no such file.</exception>
    public static ToldFindings Read(string path, DateTimeOffset now)
    {
        var told = new Dictionary<Guid, ToldFinding>();
        var today = Day(now);
        if (File.Exists(path))
        {
            try
            {
                using var lines = new StreamReader(new GZipStream(PrivateFiles.Read(path), CompressionMode.Decompress), Encoding.ASCII);
                Read(lines, told);
            }
            catch (Exception problem) when (problem is InvalidDataException or FormatException or OverflowException or IndexOutOfRangeException)
            {
                throw new IOException($"'{path}', which remembers what a receiver was told, is damaged. Delete it, and the receiver is told of all failures once more.", problem);
            }
        }

        return new ToldFindings(path, today, told);
    }

    /// <summary>What names a finding here.</summary>
    public static Guid KeyOf(Finding finding) =>
        Guid.TryParseExact(finding.FindingId, "N", out var id) ? id : new Guid(Sha256.Of(finding.FindingId).Take(16).ToArray());

    public static long SinceOf(Finding finding) => (finding.StatusSince ?? finding.FirstSeen).UtcTicks;

    /// <summary>Why the receiver is to be told of a failure; null where it was.</summary>
    public AlertReason? Judge(Finding failure)
    {
        var key = KeyOf(failure);
        if (!_told.TryGetValue(key, out var told))
        {
            return failure.LastPassed is null ? AlertReason.New : AlertReason.Regressed;
        }

        if (told.Seen != _today)
        {
            _told[key] = told with { Seen = _today };
            _isChanged = true;
        }

        return SinceOf(failure) > told.Since ? AlertReason.Regressed
            : failure.Severity > told.Severity ? AlertReason.Worse
            : null;
    }

    /// <summary>Remembers that the receiver was told.</summary>
    public void Remember(Guid key, long since, Severity severity)
    {
        _told[key] = new ToldFinding(since, severity, _today);
        _isChanged = true;
    }

    /// <summary>Remembers that the receiver was told of several.</summary>
    public void Remember(IReadOnlyDictionary<Guid, (long Since, Severity Severity)> failures)
    {
        foreach (var one in failures)
        {
            Remember(one.Key, one.Value.Since, one.Value.Severity);
        }
    }

    /// <summary>Forgets what fails no more, or is accepted: when it fails again, that is worth telling.</summary>
    public void Forget(Finding finding) => _isChanged |= _told.Remove(KeyOf(finding));

    /// <summary>Makes sure that what is about to be told can be remembered: whoever sends first and cannot remember it sends it again each time.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void RefuseToForget(IReadOnlyDictionary<Guid, (long Since, Severity Severity)> pending)
    {
        var told = _told.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var one in pending)
        {
            told[one.Key] = new ToldFinding(one.Value.Since, one.Value.Severity, _today);
        }

        PrivateFiles.TryToReplace(_path, stream => Write(stream, told));
    }

    /// <summary>Writes the file as a whole, if anything changed.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save()
    {
        if (_isChanged)
        {
            PrivateFiles.Replace(_path, stream => Write(stream, _told));
            _isChanged = false;
        }
    }

    private void Write(Stream stream, Dictionary<Guid, ToldFinding> told)
    {
        using var lines = new StreamWriter(new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), Encoding.ASCII) { NewLine = "\n" };
        lines.WriteLine(Header);
        foreach (var entry in told.Where(entry => entry.Value.Seen >= _today - LongestUnseen))
        {
            lines.WriteLine(FormattableString.Invariant($"{entry.Key:N} {entry.Value.Since} {(int)entry.Value.Severity} {entry.Value.Seen}"));
        }
    }

    private static int Day(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerDay);

    private static void Read(StreamReader lines, Dictionary<Guid, ToldFinding> told)
    {
        if (lines.ReadLine() != Header)
        {
            throw new FormatException("The header is another.");
        }

        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            told[Guid.ParseExact(parts[0], "N")] = new ToldFinding(Number(parts[1]), (Severity)Number(parts[2]), (int)Number(parts[3]));
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
