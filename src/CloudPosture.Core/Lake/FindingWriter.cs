using System;
using System.IO;
using System.Text.Json;
using CloudPosture.Files;

namespace CloudPosture.Lake;

/// <summary>Writes the findings of one account; they replace the account's earlier ones of the same harvest when they are committed. Not thread-safe.</summary>
public sealed class FindingWriter : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly string _assessmentPath;
    private readonly AccountAssessed _assessment;
    private readonly AccountAssessed? _before;
    private long _count;
    private MemberWriter? _member;
    private Utf8JsonWriter? _json;

    internal FindingWriter(string path, string assessmentPath, AccountAssessed assessment, AccountAssessed? before)
    {
        _path = path;
        _assessmentPath = assessmentPath;
        _assessment = assessment;
        _before = before;
        _draft = PrivateFiles.NewDraft(path);
        HarvestWriter.Write(path, () => _member = new MemberWriter(_draft, 0, FileMode.CreateNew));
    }

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Add(Finding finding) => HarvestWriter.Write(_path, () =>
    {
        _json ??= new Utf8JsonWriter(_member!.Buffer, ResourceLine.Options);
        _json.Reset();
        JsonSerializer.Serialize(_json, finding, LakeJson.Default.Finding);
        _json.Flush();
        _member!.EndLine();
        _count++;
    });

    /// <summary>Commits: from here on these are the account's findings.</summary>
    /// <exception cref="LakeException">The disk refuses; the earlier findings stay.</exception>
    public void Commit() => HarvestWriter.Write(_path, () =>
    {
        var note = _assessment with { Findings = _member!.Finish(), Count = _count };
        _member.Dispose();

        // The note comes first, for findings without one would be taken for older than they are.
        Note(note with { IsPending = true, Before = _before });
        PrivateFiles.Replace(_draft, _path);
        Note(note);
    });

    private void Note(AccountAssessed note) =>
        PrivateFiles.Replace(_assessmentPath, stream => JsonSerializer.Serialize(stream, note, LakeJson.Default.AccountAssessed));

    /// <summary>Closes the file; what is not committed is gone.</summary>
    public void Dispose()
    {
        _json?.Dispose();
        _member?.Dispose();
        PrivateFiles.Forget(_draft);
    }
}
