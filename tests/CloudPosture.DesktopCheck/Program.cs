using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Aws;
using CloudPosture.Content;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Reports;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting;

namespace CloudPosture.DesktopCheck;

/// <summary>
/// Runs the .NET Framework build of the engine from end to end against a sandbox: models, catalog, signing, decoding, harvest,
/// lake, rules and reports. Prints a line a step; the last holds the failed findings as "rule account Region resource".
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Length != 7)
        {
            Console.Error.WriteLine("Usage: CloudPosture.DesktopCheck endpoint accessKeyId secretAccessKey accountId roleArn externalId moduleFolder");
            return 2;
        }

        var folder = Path.Combine(Path.GetTempPath(), "cloudposture-desktop-" + Guid.NewGuid().ToString("N"));
        try
        {
            var content = ContentSet.Of(args[6]);
            Console.WriteLine($"runtime: {Environment.Version}; models: {content.Models.Names.Count}; catalog: {content.Catalog.Services.Count()} services; shard: {Shard.Of(args[3], 50)} of 50");
            using var client = new AwsClient(content.Models, new AwsClientOptions { EndpointUrl = new Uri(args[0]) });
            var target = await EnterAsync(client, new BasicAWSCredentials(args[1], args[2]), args[3], args[4], args[5]).ConfigureAwait(false);
            var lake = PostureLake.Open(folder);
            await foreach (var account in new Harvester(client, content).RunAsync(new HarvestRequest { Lake = lake, Targets = [target], Unpaced = true }).ConfigureAwait(false))
            {
                Console.WriteLine($"harvest: {account.Status}, {account.Resources} resources by {account.Calls} calls, {account.Gaps} gaps {account.Failure}");
            }

            var failed = Assess(lake, content);
            Console.WriteLine($"reports: {string.Join(" ", Report(lake, content, folder))}");
            Console.WriteLine($"assessment: {failed.Count} failed");
            failed.ForEach(Console.WriteLine);
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<AccountTarget> EnterAsync(AwsClient client, AWSCredentials caller, string accountId, string roleArn, string externalId)
    {
        var input = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["RoleArn"] = roleArn, ["RoleSessionName"] = "desktop", ["ExternalId"] = externalId });
        var call = new AwsCall { Operation = client.Models.Get("sts").Operation("AssumeRole"), Input = input, Target = new AwsTarget { Credentials = caller, Region = "us-east-1" } };
        using var answer = await client.SendAsync(call, CancellationToken.None).ConfigureAwait(false);
        var keys = answer.Root.GetProperty("Credentials");
        string Key(string name) => keys.GetProperty(name).GetString()!;
        return new AccountTarget
        {
            AccountId = accountId,
            Connection = "desktop",
            Credentials = new SessionAWSCredentials(Key("AccessKeyId"), Key("SecretAccessKey"), Key("SessionToken")),
        };
    }

    /// <summary>Writes some findings in each format, and tells which files hold something.</summary>
    private static IEnumerable<string> Report(PostureLake lake, ContentSet content, string folder)
    {
        var library = RuleLibrary.OfRules(RuleSet.LoadShipped(content));
        foreach (var format in (ReportFormat[])Enum.GetValues(typeof(ReportFormat)))
        {
            var path = Path.Combine(folder, "report." + format);
            using var report = PostureReport.Begin(path, format, library, DateTimeOffset.UtcNow);
            foreach (var finding in lake.ReadFindings(new FindingQuery()).Take(200))
            {
                report.Add(finding);
            }

            report.Save(CancellationToken.None);
            if (new FileInfo(path).Length > 0)
            {
                yield return format.ToString();
            }
        }
    }

    private static List<string> Assess(PostureLake lake, ContentSet content)
    {
        var account = lake.LatestAccounts().Single();
        using (var writer = lake.WriteFindings(account.HarvestId, account.AccountId))
        {
            foreach (var finding in Assessor.Assess(account, RuleSet.LoadShipped(content)))
            {
                writer.Add(finding);
            }

            writer.Commit();
        }

        return [.. lake.ReadFindings(new FindingQuery())
            .Where(finding => finding.Status == FindingStatus.Fail)
            .Select(finding => $"{finding.RuleId} {finding.AccountId} {finding.Region} {finding.ResourceId}")];
    }
}
