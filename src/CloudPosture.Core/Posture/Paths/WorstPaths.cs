using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Paths;
using CloudPosture.Assessment.Rules;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Posture.Paths;

/// <summary>The paths that a report draws.</summary>
internal static class WorstPaths
{
    private const string PathTag = "path";
    private const int Most = 12;

    /// <summary>The worst paths from the Internet to administrators and to data; none where no rule about paths failed or was unsure.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="counts">What the findings add up to.</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and service.</param>
    public static IReadOnlyList<PosturePath> Of(PostureLake lake, RuleSet rules, ReportCounts counts, string? harvestId)
    {
        // To look for paths costs as much as to assess; where the rules found none, there is none to draw.
        if (!counts.Rules.Any(rule => rules.Find(rule.Id)?.Tags.Contains(PathTag) == true && rule.Counts[FindingStatus.Fail] + rule.Counts[FindingStatus.NotAssessed] > 0))
        {
            return [];
        }

        var content = rules.Catalog.Content;
        IReadOnlyList<IAccountSnapshot> snapshots = [.. harvestId is null ? lake.LatestAccounts() : lake.Accounts(harvestId)];
        IEnumerable<Resource> Read(IReadOnlyList<string> types, string? account) => lake.ReadResources(new ResourceQuery { HarvestId = harvestId, AccountIds = account is null ? null : [account], Types = types });
        var analysis = PathAnalysis.Of(snapshots, content, from => ExposureReport.Read(lake, harvestId, keepsClosed: false).From(from), (account, types) => Read(types, account.AccountId), [Origin.InternetName]);
        var toData = analysis.ToEach([Origin.InternetName], Read([.. PathAnalysis.DataTypesOf(content)], null)).Where(path => path.Length > 1);
        return [.. analysis.ToAdministrator([Origin.InternetName]).Concat(toData)
            .WorstFirst().Take(Most)];
    }
}
