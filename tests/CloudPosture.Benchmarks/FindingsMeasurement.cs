using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CloudPosture.Findings;
using CloudPosture.Findings.Differences;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Gates;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Trends;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// One account with as many findings as asked for, assessed on two days: merges the second with the first, as an assessment does,
/// then puts up a gate, compares the two days and tells the trend. Prints seconds, and for each step the highest memory of this
/// process during it.
/// </summary>
internal static class FindingsMeasurement
{
    private const string Account = "111122223333";
    private static readonly DateTimeOffset Day1 = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(int findings)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var lake = PostureLake.Open(folder);
            Measurement.Of("first assessment", () => Assess(lake, "h1", Day1, Found(findings, day: 1)));
            Measurement.Of("history merge", () => Assess(lake, "h2", Day1.AddDays(1), Found(findings, day: 2)));
            Measurement.Of("gate", () => Gate(lake, new GateOrder { Query = new FindingQuery { Severities = [Severity.Critical] }, AllowsNotAssessed = true }));
            Measurement.Of("gate for what is new", () => Gate(lake, new GateOrder { IsNewOnly = true, AllowsNotAssessed = true }));
            Measurement.Of("comparison of the two days", () => new FindingComparison(lake, LakeMoment.Of("h1"), LakeMoment.Of("h2"), _ => true).Read(new FindingQuery()).LongCount());
            Measurement.Of("trend", () => new FindingTrend(lake, RuleLibrary.Load(SandboxContent.Shipped, [], null), new TrendOrder { By = TrendGroup.Severity }).Read().Sum(point => (long)point.Counts.Passed + point.Counts.Failed));
            Measurement.Of("gate by a baseline", () => GateByBaseline(lake, Path.Combine(folder, "baseline.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What AccountAssessment does with what the rules say.
    private static long Assess(PostureLake lake, string harvestId, DateTimeOffset time, IEnumerable<Finding> found)
    {
        using (var harvest = HarvestWriter.Open(lake, new HarvestManifest { HarvestId = harvestId, StartedAt = time, Accounts = [Account] }))
        {
            harvest.Complete(time);
        }

        using var writer = lake.WriteFindings(harvestId, Account, time);
        using var now = new FindingSort(writer.NewRun);
        using var before = new FindingSort(writer.NewRun);
        foreach (var finding in found)
        {
            now.Add(finding);
        }

        foreach (var finding in lake.ReadFindings(new FindingQuery { AccountIds = [Account] }))
        {
            before.Add(finding);
        }

        var count = 0L;
        foreach (var (finding, isPast) in new FindingHistory(isAgain: false, time, _ => Disappearance.Gone).Merge(before.Sorted(), now.Sorted()))
        {
            count++;
            if (isPast)
            {
                writer.AddPast(finding);
            }
            else
            {
                writer.Add(finding);
            }
        }

        writer.Commit();
        return count;
    }

    private static long Gate(PostureLake lake, GateOrder order)
    {
        var gate = new PostureGate(lake, ExceptionSet.Empty, order, Day1.AddDays(1));
        var breaking = gate.Breaking().LongCount();
        return gate.Verdict == GateVerdict.Findings == breaking > 0 ? breaking : throw new InvalidOperationException("The gate does not say what broke it.");
    }

    private static long GateByBaseline(PostureLake lake, string path)
    {
        var baseline = Baseline.Write(path, lake.ReadFindings(new FindingQuery { Statuses = [FindingStatus.Fail] }));
        return Gate(lake, new GateOrder { Baseline = Baseline.Read(path), AllowsNotAssessed = true }) == 0 ? baseline : throw new InvalidOperationException("A baseline lets its own failures through.");
    }

    /// <summary>Findings of a day: a third fails; on the second day one in a hundred is otherwise, one in a hundred is no more, and as many are there for the first time.</summary>
    private static IEnumerable<Finding> Found(int count, int day)
    {
        var begin = day == 1 ? 0 : count / 100;
        for (var i = begin; i < begin + count; i++)
        {
            var isOtherwise = day == 2 && i % 100 == 7;
            yield return new Finding
            {
                FindingId = Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)))),
                RuleId = $"S3.Rule{i % 500}",
                Title = "Buckets are as they should be",
                Status = i % 3 == 0 != isOtherwise ? FindingStatus.Fail : FindingStatus.Pass,
                Severity = (Severity)(i % 5),
                Service = "s3",
                ResourceType = "AWS::S3::Bucket",
                ResourceId = $"bucket-{i}",
                ResourceArn = $"arn:aws:s3:::bucket-{i}",
                ResourceName = $"bucket-{i}",
                AccountId = Account,
                AccountName = "prod",
                Region = "eu-west-1",
                Evidence = "Versioning.Status is Suspended; Enabled is asked for",
                FirstSeen = Day1.AddDays(day - 1),
                LastSeen = Day1.AddDays(day - 1),
                Connection = "org",
                HarvestId = $"h{day}",
            };
        }
    }
}
