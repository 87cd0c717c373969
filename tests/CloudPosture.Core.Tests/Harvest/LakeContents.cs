using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Harvest;

/// <summary>What a lake holds, without when and by which harvest it was read.</summary>
internal static class LakeContents
{
    public static RuleSet Rules { get; } = RuleSet.LoadShipped(Shipped.Content);

    /// <summary>Harvests a sandbox's organization as fast as it answers.</summary>
    public static async Task HarvestAsync(SandboxServer sandbox, PostureLake lake)
    {
        using var aws = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        var request = new HarvestRequest { Lake = lake, Targets = await Demo.TargetsAsync(sandbox.Organization, aws, default), Unpaced = true };
        await foreach (var summary in new Harvester(aws, Shipped.Content).RunAsync(request))
        {
            Assert.Equal(AccountStatus.Complete, summary.Status);
        }
    }

    /// <summary>All resources, gaps and findings.</summary>
    public static string[] Of(PostureLake lake) => [.. ResourcesAndGaps(lake), .. Findings(lake).Select(finding => Text(finding)).Order(StringComparer.Ordinal)];

    public static string[] ResourcesAndGaps(PostureLake lake) =>
        [.. lake.ReadResources(new ResourceQuery()).Select(resource => JsonSerializer.Serialize(resource with { HarvestId = "", HarvestedAt = default }))
            .Concat(lake.LatestAccounts().SelectMany(account => account.Gaps.Select(gap => account.AccountId + JsonSerializer.Serialize(gap))))
            .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Finding> Findings(PostureLake lake) =>
        [.. lake.LatestAccounts().SelectMany(account => Assessor.Assess(account, Rules, new AssessmentOptions { KnownAccounts = [.. lake.LatestAccounts().Select(one => one.AccountId)] }))];

    public static string Text(Finding finding) => $"{finding.AccountId} {finding.Region} {finding.RuleId} {finding.ResourceArn} {finding.Status} {finding.Evidence}";

    /// <summary>The lines of the files of resources as any reader of gzip sees them, so what is not committed would count.</summary>
    public static int LinesInFiles(PostureLake lake) =>
        Directory.GetFiles(lake.Path, "part-0.jsonl.gz", SearchOption.AllDirectories)
            .Where(file => file.Contains("resources", StringComparison.Ordinal))
            .Sum(file =>
            {
                using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
                return text.ReadToEnd().Count(letter => letter == '\n');
            });
}
