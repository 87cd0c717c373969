using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Content;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Benchmarks;
using CloudPosture.Posture.Rules;

namespace CloudPosture.Benchmarks;

/// <summary>
/// All benchmarks that ship, answered from as many findings as asked for, in as many accounts: the names alone, as for a Tab, the
/// matrix of every requirement and account, and each finding with the requirements it answers. Content comes from the pack of a
/// package where its folder is given, else from the repository's YAML.
/// </summary>
internal static class BenchmarkMeasurement
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(int findings, int accounts, string? module)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var content = ContentSet.Of(module ?? Path.Combine(Repository(), "module"));
            var library = RuleLibrary.LoadShipped(content, []);
            Measurement.Of("names of benchmarks", () => library.Benchmarks.Count);
            Measurement.Of("one benchmark", () => library.Benchmarks.Find("cis-aws-foundations-7.0.0")!.Requirements.Count);
            Measurement.Of("all benchmarks", () => library.Benchmarks.Sum(benchmark => (long)benchmark.Requirements.Count));
            var rules = library.Rules.Rules.Select(rule => (rule.Id, rule.Title, rule.Severity, rule.Service)).ToList();
            var lake = PostureLake.Open(folder);
            Measurement.Of("findings written", () => Write(lake, rules, findings, accounts));
            Measurement.Of("matrix of one benchmark", () => Matrix(lake, [library.Benchmarks.Find("cis-aws-foundations-7.0.0")!]));
            Measurement.Of($"matrix of {library.Benchmarks.Count} benchmarks by {accounts} accounts", () => Matrix(lake, library.Benchmarks));
            Measurement.Of("findings with their requirements", () => Named(lake, library));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Matrix(PostureLake lake, IReadOnlyList<Benchmark> benchmarks)
    {
        var query = new FindingQuery { RuleIds = [.. benchmarks.SelectMany(benchmark => benchmark.Requirements).SelectMany(requirement => requirement.Rules).Distinct(StringComparer.OrdinalIgnoreCase)] };
        var tallies = PlacedTallies.Of(BenchmarkGrouping.Account, new FindingView(lake, ExceptionSet.Empty).Read(query), lake.LatestAccounts(), () => throw new InvalidOperationException("Accounts need no tree."));
        var cells = 0L;
        foreach (var requirement in benchmarks.SelectMany(benchmark => benchmark.Requirements))
        {
            cells += tallies.All.LongCount(one => one.Tally.StatusOf(requirement) >= RequirementStatus.NoFinding);
        }

        return cells;
    }

    private static long Named(PostureLake lake, RuleLibrary library)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var named = 0L;
        foreach (var finding in lake.ReadFindings(new FindingQuery()))
        {
            if (!texts.TryGetValue(finding.RuleId, out var text))
            {
                texts.Add(finding.RuleId, text = RequirementText.Of(library.RequirementsOf(finding.RuleId)));
            }

            named += (finding with { Requirements = text }).Requirements!.Length > 0 ? 1 : 0;
        }

        return named;
    }

    private static long Write(PostureLake lake, IReadOnlyList<(string Id, string Title, Severity Severity, string Service)> rules, int findings, int accounts)
    {
        var ids = Enumerable.Range(0, accounts).Select(i => (100_000_000_000 + i).ToString(CultureInfo.InvariantCulture)).ToList();
        using (var harvest = HarvestWriter.Open(lake, new HarvestManifest { HarvestId = "h1", StartedAt = Day, Accounts = ids }))
        {
            harvest.Complete(Day);
        }

        var each = findings / accounts;
        foreach (var account in ids)
        {
            using var writer = lake.WriteFindings("h1", account, Day);
            for (var i = 0; i < each; i++)
            {
                var (id, title, severity, service) = rules[i % rules.Count];
                writer.Add(new Finding
                {
                    FindingId = i.ToString("x32", CultureInfo.InvariantCulture),
                    RuleId = id,
                    Title = title,
                    Status = i % 3 == 0 ? FindingStatus.Fail : FindingStatus.Pass,
                    Severity = severity,
                    Service = service,
                    ResourceType = "AWS::S3::Bucket",
                    ResourceId = $"resource-{i}",
                    ResourceArn = $"arn:aws:s3:::resource-{i}",
                    ResourceName = $"resource-{i}",
                    AccountId = account,
                    AccountName = "account-" + account,
                    Region = "eu-west-1",
                    Evidence = "Versioning.Status is Suspended; Enabled is asked for",
                    FirstSeen = Day,
                    LastSeen = Day,
                    Connection = "org",
                    HarvestId = "h1",
                });
            }

            writer.Commit();
        }

        return (long)each * accounts;
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CloudPosture.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("This is measured in a clone of the repository.");
        }

        return folder;
    }
}
