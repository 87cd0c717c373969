using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Assessment;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Harvest;
using CloudPosture.Lake;

namespace CloudPosture.Sandbox;

/// <summary>The main job from end to end: harvests a sandbox's organization over HTTP, assesses it and compares the findings with what was planted.</summary>
public static class Demo
{
    /// <summary>The folder of the rules that ship with the module.</summary>
    public static string RulesFolder => Path.Combine(AppContext.BaseDirectory, "aws");

    /// <summary>Harvests and assesses every account of a sandbox.</summary>
    /// <param name="server">The sandbox.</param>
    /// <param name="lake">Where the harvest goes.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<DemoResult> RunAsync(SandboxServer server, PostureLake lake, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        using var client = new AwsClient(new AwsClientOptions { EndpointUrl = server.Url });
        var summaries = new List<AccountSummary>();
        var request = new HarvestRequest { Lake = lake, Targets = await TargetsAsync(server.Organization, client, ct).ConfigureAwait(false), QuotaShare = 1 };
        await foreach (var summary in new Harvester(client).RunAsync(request, ct).ConfigureAwait(false))
        {
            summaries.Add(summary);
        }

        var harvested = watch.Elapsed;
        var rules = RuleSet.Load(RulesFolder);
        var options = new AssessmentOptions { KnownAccounts = [.. server.Organization.Accounts.Select(account => account.Id)] };
        var findings = lake.LatestAccounts().SelectMany(account => Assessor.Assess(account, rules, options, ct)).ToList();
        return new DemoResult(server.Organization.Planted, findings, summaries, harvested, watch.Elapsed - harvested);
    }

    /// <summary>Enters the reader role of every account.</summary>
    internal static async Task<IReadOnlyList<AccountTarget>> TargetsAsync(SandboxOrganization organization, AwsClient client, CancellationToken ct)
    {
        var caller = new AwsTarget
        {
            Credentials = new BasicAWSCredentials(organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey),
            Region = organization.Regions[0],
        };
        var targets = new List<AccountTarget>();
        foreach (var account in organization.Accounts)
        {
            var input = JsonSerializer.SerializeToElement(new { RoleArn = account.ReaderRoleArn, RoleSessionName = "demo", organization.ExternalId });
            using var answer = await client.SendAsync(new AwsCall { Operation = ServiceModels.Get("sts").Operation("AssumeRole"), Input = input, Target = caller }, ct).ConfigureAwait(false);
            var credentials = answer.Root.GetProperty("Credentials");
            targets.Add(new AccountTarget
            {
                AccountId = account.Id,
                AccountName = account.Name,
                Connection = "demo",
                Credentials = new SessionAWSCredentials(Text(credentials, "AccessKeyId"), Text(credentials, "SecretAccessKey"), Text(credentials, "SessionToken")),
                IsManagementAccount = account.IsManagement,
            });
        }

        return targets;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
