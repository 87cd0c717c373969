using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>Reads findings: those of one harvest, or of each service those of the latest assessment that was about it.</summary>
internal sealed class FindingReader(MemberReader members, DamageReport report)
{
    /// <summary>The accounts of which a harvest has findings, or had, sorted.</summary>
    public static IEnumerable<string> Accounts(HarvestInfo harvest, IReadOnlyCollection<string>? wanted)
    {
        var folder = Path.Combine(harvest.Path, HarvestInfo.FindingsFolder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return (wanted ?? Directory.GetDirectories(folder, "account=*").Select(path => HarvestInfo.FolderId(path)))
            .Where(AccountIds.IsValid)
            .Where(account => File.Exists(harvest.FindingsPath(account)) || File.Exists(harvest.AssessmentPath(account)))
            .OrderBy(account => account, StringComparer.Ordinal);
    }

    /// <summary>The findings of a harvest.</summary>
    public IEnumerable<Finding> OfHarvest(HarvestInfo harvest, string accountId, FindingQuery query) =>
        Note(harvest, accountId) is { } note ? Read(harvest, note, query) : [];

    /// <summary>Of each service the findings of the latest assessment that was about it. Where those are damaged, older ones are no answer.</summary>
    public IEnumerable<Finding> Latest(IReadOnlyList<HarvestInfo> harvests, string accountId, FindingQuery query)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var notes = harvests
            .Select(harvest => (Harvest: harvest, Note: Note(harvest, accountId)!))
            .Where(one => one.Note is not null && !(one.Note.AssessedAt > query.AsOf))
            .OrderByDescending(one => one.Note.AssessedAt);
        foreach (var (harvest, note) in notes)
        {
            if (note.Services.Count > 0 && note.Services.All(done.Contains))
            {
                continue;
            }

            foreach (var finding in Read(harvest, note, query))
            {
                if (!done.Contains(finding.Service))
                {
                    yield return finding;
                }
            }

            if (note.Services.Count == 0)
            {
                yield break;
            }

            done.UnionWith(note.Services);
        }
    }

    /// <summary>The note on an account's assessment; null where there is none, or it is damaged, which is told.</summary>
    public AccountAssessed? Note(HarvestInfo harvest, string accountId) => report.Guard(() => NoteOf(harvest, accountId));

    /// <summary>The counts of an assessment.</summary>
    public IReadOnlyCollection<FindingCount> Counts(HarvestInfo harvest, AccountAssessed note)
    {
        if (AssessmentCounts.Read(harvest.CountsPath(note.AccountId), note.Findings) is { } kept)
        {
            return kept;
        }

        var counter = new FindingCounter();
        foreach (var finding in ReadPresent(harvest, note, new FindingQuery()))
        {
            counter.Add(finding, finding.Status);
        }

        foreach (var finding in ReadPast(harvest, note, new FindingQuery()))
        {
            counter.AddPast(finding);
        }

        return counter.Counts;
    }

    /// <summary>The assessment that a new one replaces; null where there is none that is whole.</summary>
    public static AccountAssessed? Before(HarvestInfo harvest, string accountId)
    {
        try
        {
            return NoteOf(harvest, accountId) is { } note ? note with { IsPending = false, Before = null } : null;
        }
        catch (LakeException damage) when (damage.IsDamage)
        {
            return null;
        }
    }

    /// <summary>The note on the assessment that the findings come from.</summary>
    /// <returns>Null where the harvest has no findings of the account.</returns>
    /// <exception cref="LakeException">The note is damaged.</exception>
    private static AccountAssessed? NoteOf(HarvestInfo harvest, string accountId)
    {
        var note = ReadNote(harvest, accountId);
        var findings = harvest.FindingsPath(accountId);
        if (note is null)
        {
            // A lake of old, whose findings are about all services of their harvest.
            return File.Exists(findings)
                ? new AccountAssessed { HarvestId = harvest.HarvestId, AccountId = accountId, AssessedAt = harvest.StartedAt, Services = harvest.Services }
                : null;
        }

        // A process may have died between the note and the findings, which then are those of before.
        return note.IsPending && !(note.Findings is { } segment && IsWhole(findings, segment)) ? note.Before : note;
    }

    private static AccountAssessed? ReadNote(HarvestInfo harvest, string accountId)
    {
        var path = harvest.AssessmentPath(accountId);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = PrivateFiles.Read(path);
            var note = JsonSerializer.Deserialize(file, LakeJson.Default.AccountAssessed) ?? throw new JsonException("It is empty.");
            return note.AccountId == accountId && note.HarvestId == harvest.HarvestId && note.Services is not null
                ? note
                : throw LakeException.Damaged(path, harvest.HarvestId, $"this is the note on another assessment, of account '{note.AccountId}' in harvest '{note.HarvestId}'.");
        }
        catch (Exception damage) when (damage is JsonException || PrivateFiles.IsRefusal(damage))
        {
            throw LakeException.Damaged(path, harvest.HarvestId, "the note on the assessment is damaged.", damage);
        }
    }

    private static bool IsWhole(string path, Segment segment) =>
        File.Exists(path) && new FileInfo(path).Length == segment.Length && MemberReader.IsSound(path, segment);

    private IEnumerable<Finding> Read(HarvestInfo harvest, AccountAssessed note, FindingQuery query) =>
        query.IsPast ? ReadPast(harvest, note, query) : ReadPresent(harvest, note, query);

    private IEnumerable<Finding> ReadPast(HarvestInfo harvest, AccountAssessed note, FindingQuery query)
    {
        if (note is not { PastFile: { } name, Past: { } segment })
        {
            return [];
        }

        // A note is data: what it names lies in that folder and nowhere else.
        var reader = new FindingLine(query);
        return members.Read(harvest, Path.Combine(harvest.PastFolder(note.AccountId), Path.GetFileName(name)), segment, line => reader.Read(line.AsSpan()));
    }

    private IEnumerable<Finding> ReadPresent(HarvestInfo harvest, AccountAssessed note, FindingQuery query)
    {
        var path = harvest.FindingsPath(note.AccountId);
        var reader = new FindingLine(query);
        if (note.Findings is { } segment)
        {
            if (!IsWhole(path, segment))
            {
                report.Tell(LakeException.Damaged(path, harvest.HarvestId, FormattableString.Invariant($"these are not the {note.Count} findings that the assessment wrote: the file is missing, cut short or changed.")));
                return [];
            }

            return members.ReadSound(harvest, path, segment, line => reader.Read(line.AsSpan()));
        }

        return File.Exists(path) ? members.ReadSound(harvest, path, new Segment(0, new FileInfo(path).Length, ""), line => reader.Read(line.AsSpan())) : [];
    }
}
