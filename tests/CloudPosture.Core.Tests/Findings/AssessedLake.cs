using System;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Findings;

/// <summary>A lake whose accounts were assessed on several days, as the product does it.</summary>
internal sealed class AssessedLake : IDisposable
{
    private readonly TemporaryLake _lake = new();

    public PostureLake Lake => _lake.Lake;

    public void Dispose() => _lake.Dispose();

    /// <summary>Assesses an account on a day, in a harvest <c>h1</c>, <c>h2</c>… of its own.</summary>
    public void Assess(int day, params Finding[] findings) => Assess(day, Some.Account, [], findings);

    public void Assess(int day, string account, string[] services, params Finding[] findings) => Assess(day, account, services, [], findings);

    /// <param name="day">The day, from 1.</param>
    /// <param name="account">The account.</param>
    /// <param name="services">What the harvest set out to read; empty for all.</param>
    /// <param name="unread">The ids of findings whose resources could not be listed.</param>
    /// <param name="findings">What is found.</param>
    public void Assess(int day, string account, string[] services, string[] unread, params Finding[] findings)
    {
        var id = $"h{day}";
        var time = Some.Day1.AddDays(day - 1);
        var before = Lake.ReadFindings(new FindingQuery { AccountIds = [account] })
            .Concat(Lake.ReadFindings(new FindingQuery { AccountIds = [account], IsPast = true }))
            .Where(finding => services.Length == 0 || services.Contains(finding.Service))
            .GroupBy(finding => finding.FindingId).Select(same => same.First()).OrderBy(finding => finding.FindingId, StringComparer.Ordinal).ToList();
        using (var harvest = HarvestWriter.Open(Lake, new HarvestManifest { HarvestId = id, StartedAt = time, Services = services, Accounts = [account] }))
        {
            foreach (var service in services.Length == 0 ? ["s3"] : services)
            {
                TemporaryLake.Commit(harvest, account, service, time, "r");
            }

            harvest.Complete(time);
        }

        using var writer = Lake.WriteFindings(id, account, time);
        var history = new FindingHistory(isAgain: false, time, finding => unread.Contains(finding.FindingId) ? Disappearance.Unread : Disappearance.Gone);
        foreach (var (finding, isPast) in history.Merge(before, findings.Select(finding => finding with { AccountId = account, LastSeen = time, HarvestId = id }).OrderBy(finding => finding.FindingId, StringComparer.Ordinal)))
        {
            if (isPast)
            {
                writer.AddPast(finding);
            }
            else
            {
                writer.Add(finding, finding.ResourceName == "accepted" && finding.Status == FindingStatus.Fail);
            }
        }

        writer.Commit();
    }
}
