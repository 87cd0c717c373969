using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Assessment.Rules;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Content;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Harvests;
using CloudPosture.Posture.Rules;

namespace CloudPosture.Sandbox;

/// <summary>The main job from end to end: harvests a sandbox's organization over HTTP, assesses it and compares the findings with what was planted.</summary>
public static class Demo
{
    private const string Connection = "demo";

    /// <summary>Harvests and assesses every account of a sandbox.</summary>
    /// <param name="server">The sandbox.</param>
    /// <param name="lake">Where the harvest goes.</param>
    /// <param name="isPaced">False asks as fast as the sandbox answers.</param>
    /// <param name="content">What to harvest and assess by; null for what the sandbox serves.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<DemoResult> RunAsync(SandboxServer server, PostureLake lake, bool isPaced = true, ContentSet? content = null, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        content ??= server.Organization.Content;
        using var client = new AwsClient(content.Models, new AwsClientOptions { EndpointUrl = server.Url });
        var run = await HarvestRun.PlanAsync(Order(server.Organization, content, lake, isPaced), Resolver(server.Organization, content, client, lake), cancellationToken).ConfigureAwait(false);
        var summaries = new List<AccountSummary>();
        await foreach (var account in run.RunAsync(client, cancellationToken).ConfigureAwait(false))
        {
            summaries.Add(account.Harvest);
        }

        var findings = lake.ReadFindings(new FindingQuery()).ToList();
        return new DemoResult(server.Organization.Planted, findings, summaries, watch.Elapsed);
    }

    private static HarvestOrder Order(SandboxOrganization organization, ContentSet content, PostureLake lake, bool isPaced) => new()
    {
        Content = content,
        Lake = lake,
        Connections =
        [
            new PostureConnection
            {
                Name = Connection,
                Kind = ConnectionKind.Organization,
                ExternalId = organization.ExternalId,
                Credential = new CredentialReference { Kind = CredentialKind.Session },
                Organization = new OrganizationScope { MemberRole = organization.Accounts[0].ReaderRoleArn.Split('/')[^1] },
            },
        ],
        Library = RuleLibrary.OfRules(RuleSet.LoadShipped(content)),
        Manner = new HarvestRequest { Lake = lake, Targets = [], QuotaShare = 1, Unpaced = !isPaced },
    };

    private static ConnectionResolver Resolver(SandboxOrganization organization, ContentSet content, AwsClient client, PostureLake lake)
    {
        var keys = new SessionSecrets();
        keys.Set(Connection, new SessionKeys(organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey, null));
        return new ConnectionResolver(client, content.Catalog, new ConnectionStore(lake.Path), new CredentialResolver(client) { Region = organization.Regions[0] }, keys) { QuotaShare = 1 };
    }

    /// <summary>Enters the reader role of every account.</summary>
    internal static async Task<IReadOnlyList<AccountTarget>> TargetsAsync(SandboxOrganization organization, AwsClient client, CancellationToken cancellationToken)
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
            using var answer = await client.SendAsync(new AwsCall { Operation = client.Models.Get("sts").Operation("AssumeRole"), Input = input, Target = caller }, cancellationToken).ConfigureAwait(false);
            var credentials = answer.Root.GetProperty("Credentials");
            targets.Add(new AccountTarget
            {
                AccountId = account.Id,
                AccountName = account.Name,
                Connection = Connection,
                Credentials = new SessionAWSCredentials(Text(credentials, "AccessKeyId"), Text(credentials, "SecretAccessKey"), Text(credentials, "SessionToken")),
                IsManagementAccount = account.IsManagement,
            });
        }

        return targets;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
