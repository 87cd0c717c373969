using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>Which harvests a lake cannot lose without knowing less of an account: for each account and service the last whole reading, and the last assessment.</summary>
/// <param name="lake">The lake.</param>
public sealed class HarvestRetention(PostureLake lake)
{
    private readonly Dictionary<string, HashSet<string>> _needed = new(StringComparer.Ordinal);
    private bool _isRead;

    /// <summary>The accounts that a harvest must be kept for, sorted; empty where it may go.</summary>
    /// <param name="harvestId">Its id.</param>
    public IReadOnlyList<string> AccountsThatNeed(string harvestId)
    {
        if (!_isRead)
        {
            Read();
            _isRead = true;
        }

        return _needed.TryGetValue(harvestId, out var accounts) ? [.. accounts.OrderBy(account => account, StringComparer.Ordinal)] : [];
    }

    private void Read()
    {
        var harvests = lake.Folders();
        foreach (var account in harvests.SelectMany(harvest => harvest.Folder.Accounts()).Distinct(StringComparer.Ordinal))
        {
            NeedReadings(harvests, account);
        }

        foreach (var account in lake.Assessments().GroupBy(assessment => assessment.Note.AccountId, StringComparer.Ordinal))
        {
            NeedAssessments(account);
        }
    }

    private void NeedReadings(IReadOnlyList<(HarvestFolder Folder, HarvestInfo Manifests)> harvests, string account)
    {
        var commits =
            from harvest in harvests
            from commit in harvest.Folder.Read(account).Commits
            group (harvest.Manifests, Commit: commit) by commit.Service;
        foreach (var service in commits)
        {
            foreach (var (harvest, commit) in service.OrderByDescending(one => one.Commit.HarvestedAt))
            {
                Need(harvest.HarvestId, account);
                if (!commit.IsOpen && commit.Unread.Count == 0 && IsThere(harvest.ResourcesPath(account), commit.Resources))
                {
                    break;
                }
            }
        }
    }

    private void NeedAssessments(IEnumerable<(HarvestInfo Harvest, AccountAssessed Note)> assessments)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (harvest, note) in assessments.OrderByDescending(one => one.Note.AssessedAt))
        {
            if (note.Services.Count > 0 && note.Services.All(done.Contains))
            {
                continue;
            }

            Need(harvest.HarvestId, note.AccountId);
            if (!IsThere(harvest.FindingsPath(note.AccountId), note.Findings))
            {
                continue;
            }

            if (note.Services.Count == 0)
            {
                return;
            }

            done.UnionWith(note.Services);
        }
    }

    private void Need(string harvestId, string account)
    {
        if (!_needed.TryGetValue(harvestId, out var accounts))
        {
            _needed[harvestId] = accounts = new HashSet<string>(StringComparer.Ordinal);
        }

        accounts.Add(account);
    }

    // A file that is missing or cut short is no good reading; to compare every checksum would take as long as to read all of the lake.
    private static bool IsThere(string path, Segment? segment) =>
        segment is null || (File.Exists(path) && new FileInfo(path).Length >= segment.Offset + segment.Length);
}
