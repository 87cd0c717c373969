using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Sandbox.Content;

/// <summary>What a harvest of the organization must find: everything that fails in the state itself, asked without any wire between.</summary>
internal static class Expectation
{
    public static async Task<IReadOnlyList<PlantedFinding>> OfAsync(SandboxOrganization organization, DirectCaller caller, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-expected-").FullName;
        try
        {
            var lake = PostureLake.Open(folder);
            var request = new HarvestRequest { Lake = lake, Targets = [.. organization.Accounts.Select(Target)], QuotaShare = 1, Unpaced = true };
            await foreach (var account in new Harvester(caller, organization.Content).RunAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (account.Failure is { } failure)
                {
                    throw new InvalidOperationException($"The sandbox cannot read itself: {failure}");
                }
            }

            var set = RuleSet.LoadShipped(organization.Content);
            var options = new AssessmentOptions { KnownAccounts = [.. organization.Accounts.Select(account => account.Id)] };
            return
            [
                .. lake.LatestAccounts().SelectMany(account => Assessor.Assess(account, set, options, cancellationToken))
                    .Where(finding => finding.Status == FindingStatus.Fail)
                    .Select(finding => new PlantedFinding(finding.AccountId, finding.Region, finding.RuleId, finding.ResourceId)),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static AccountTarget Target(SandboxAccount account) => new()
    {
        AccountId = account.Id,
        AccountName = account.Name,
        Connection = "expected",
        Credentials = new AnonymousAWSCredentials(),
        IsManagementAccount = account.IsManagement,
    };
}
