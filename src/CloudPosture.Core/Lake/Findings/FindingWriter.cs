using System;
using System.IO;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>Writes the findings of one account; they replace the account's earlier ones of the same harvest when they are committed. Not thread-safe.</summary>
public sealed class FindingWriter : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly HarvestInfo _harvest;
    private readonly AccountAssessed _assessment;
    private readonly AccountAssessed? _before;
    private readonly string _pastPath;
    private readonly FindingCounter _counter = new();
    private long _count;
    private MemberWriter? _member;
    private Utf8JsonWriter? _json;
    private MemberWriter? _past;
    private bool _isCommitted;

    internal FindingWriter(HarvestInfo harvest, AccountAssessed assessment, AccountAssessed? before)
    {
        // A name of its own, so that the findings of before keep what they remember until the new ones are committed.
        _pastPath = Path.Combine(harvest.PastFolder(assessment.AccountId), $"part-{Guid.NewGuid():N}.jsonl.gz");
        _path = harvest.FindingsPath(assessment.AccountId);
        _harvest = harvest;
        _assessment = assessment;
        _before = before;
        _draft = PrivateFiles.NewDraft(_path);
        HarvestFiles.Write(_path, () => _member = new MemberWriter(_draft));
    }

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="isExcepted">Whether it fails and is accepted; then it is counted so, and kept as a failure.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Add(Finding finding, bool isExcepted = false) => HarvestFiles.Write(_path, () =>
    {
        Write(_member!, finding);
        _counter.Add(finding, isExcepted ? FindingStatus.Excepted : finding.Status);
        _count++;
    });

    /// <summary>A path for findings that wait to be merged into these. What crashes left of earlier ones goes.</summary>
    internal string NewRun() => PrivateFiles.NewDraft(Path.Combine(Path.GetDirectoryName(_pastPath)!, "run"));

    /// <summary>Remembers what is no finding any more.</summary>
    /// <param name="finding">What was found last, and what became of it.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    internal void AddPast(Finding finding) => HarvestFiles.Write(_pastPath, () =>
    {
        Write(_past ??= new MemberWriter(_pastPath), finding);
        _counter.AddPast(finding);
    });

    /// <summary>Commits: from here on these are the account's findings.</summary>
    /// <exception cref="LakeException">The disk refuses; the earlier findings stay.</exception>
    public void Commit() => HarvestFiles.Write(_path, () =>
    {
        var note = _assessment with { Findings = _member!.Finish(isKept: true), Count = _count, PastFile = _past is null ? null : Path.GetFileName(_pastPath), Past = _past?.Finish(isKept: true) };
        _member.Dispose();
        _past?.Dispose();

        AssessmentCounts.Write(_harvest.CountsPath(note.AccountId), new AssessmentCounts { Findings = note.Findings.Sha256, Counts = _counter.Counts });

        // The note comes first, for findings without one would be taken for older than they are.
        Note(note with { IsPending = true, Before = _before });
        PrivateFiles.Replace(_draft, _path);
        Note(note);
        _isCommitted = true;
        ForgetPast(_before);
    });

    private void Write(MemberWriter member, Finding finding)
    {
        _json ??= new Utf8JsonWriter(member.Buffer, ResourceLine.Options);
        _json.Reset(member.Buffer);
        JsonSerializer.Serialize(_json, finding, LakeJson.Default.Finding);
        _json.Flush();
        member.EndLine();
    }

    private void ForgetPast(AccountAssessed? assessment)
    {
        if (assessment?.PastFile is { } name)
        {
            PrivateFiles.Forget(Path.Combine(Path.GetDirectoryName(_pastPath)!, Path.GetFileName(name)));
        }
    }

    private void Note(AccountAssessed note) =>
        PrivateFiles.Replace(_harvest.AssessmentPath(note.AccountId), stream => JsonSerializer.Serialize(stream, note, LakeJson.Default.AccountAssessed));

    /// <summary>Closes the file; what is not committed is gone.</summary>
    public void Dispose()
    {
        _json?.Dispose();
        _member?.Dispose();
        _past?.Dispose();
        PrivateFiles.Forget(_draft);
        if (!_isCommitted)
        {
            PrivateFiles.Forget(_pastPath);
        }
    }
}
