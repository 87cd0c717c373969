using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting.Content;
using CloudPosture.Reporting.SecurityHub;

namespace CloudPosture.Posture.Publishing;

/// <summary>
/// Brings AWS Security Hub to what the lake says: failures are active findings, and what passes, is accepted or gone is archived. What could not be
/// read stays as it is there. Nothing is kept here: what is there already is asked of Security Hub.
/// </summary>
/// <param name="client">What asks AWS.</param>
/// <param name="library">The rules that the findings name.</param>
/// <param name="now">The time, in UTC.</param>
public sealed class SecurityHubPublisher(AwsClient client, RuleLibrary library, DateTimeOffset now)
{
    private readonly AsffFinding _form = new(new RuleFacts(library.Rules.Find, library.RequirementsOf));

    /// <summary>Publishes the findings of one account's Region.</summary>
    /// <param name="target">Whom AWS is asked as: the account itself; the Region is the place's.</param>
    /// <param name="place">The findings.</param>
    /// <param name="lake">The lake whose findings these are, all of the place; null where they are a selection, so that what is not among them is left alone.</param>
    /// <param name="cancellationToken">Cancels; what was sent stays.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="AwsServiceException">AWS refused the call.</exception>
    public async Task<PublicationOutcome> PublishAsync(AwsTarget target, PublishedPlace place, PostureLake? lake, CancellationToken cancellationToken)
    {
        var here = target with { Region = place.Region, AccountId = place.AccountId };
        var present = await PresentAsync(here, ProductArn(place), cancellationToken).ConfigureAwait(false);
        using var batch = new HubBatch(client, here);
        var outcome = new PublicationOutcome();
        foreach (var finding in place.Findings)
        {
            outcome = await AddAsync(batch, present, finding, outcome, cancellationToken).ConfigureAwait(false);
        }

        foreach (var gone in lake is null ? [] : present.Values.Except(Remembered(lake, place, present)))
        {
            await batch.AddAsync(gone.Id, isArchived: true, json => gone.WriteArchived(json, now), cancellationToken).ConfigureAwait(false);
        }

        await batch.SendAsync(cancellationToken).ConfigureAwait(false);
        return outcome with { Imported = batch.Imported, Archived = batch.Archived, Failures = batch.Failures };
    }

    private async Task<PublicationOutcome> AddAsync(HubBatch batch, Dictionary<string, HubEntry> present, Finding finding, PublicationOutcome outcome, CancellationToken cancellationToken)
    {
        var id = AsffFinding.IdOf(finding);
        var isPresent = present.TryGetValue(id, out var entry);
        present.Remove(id);
        switch (finding.Status)
        {
            case FindingStatus.Fail when isPresent && entry!.Says(finding, _form, now):
                return outcome with { Unchanged = outcome.Unchanged + 1 };
            case FindingStatus.Fail:
                await batch.AddAsync(id, isArchived: false, json => _form.Write(json, finding, now), cancellationToken).ConfigureAwait(false);
                return outcome;
            case FindingStatus.Pass or FindingStatus.Excepted when isPresent:
                await batch.AddAsync(id, isArchived: true, json => _form.Write(json, finding, now, isArchived: true), cancellationToken).ConfigureAwait(false);
                return outcome;
            case FindingStatus.NotAssessed when isPresent:
                return outcome with { Unchanged = outcome.Unchanged + 1 };
            default:
                return outcome;
        }
    }

    private async Task<Dictionary<string, HubEntry>> PresentAsync(AwsTarget target, string productArn, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, object>
        {
            ["ProductArn"] = Filter(productArn, "EQUALS"),
            ["Id"] = Filter(AsffFinding.IdPrefix, "PREFIX"),
            ["RecordState"] = Filter("ACTIVE", "EQUALS"),
        };
        var present = new Dictionary<string, HubEntry>(StringComparer.Ordinal);
        var input = new Dictionary<string, object> { ["Filters"] = filters, ["MaxResults"] = 100 };
        await foreach (var finding in client.ListAsync(new AwsQuestion("securityhub", "GetFindings", input), "Findings", target, cancellationToken).ConfigureAwait(false))
        {
            // An administrator's account sees its members' as well.
            if (finding.Text("AwsAccountId") == target.AccountId)
            {
                present[finding.Text("Id") ?? ""] = new HubEntry(finding.Clone());
            }
        }

        return present;
    }

    // What lies where nothing could be listed may be there still.
    private static IEnumerable<HubEntry> Remembered(PostureLake lake, PublishedPlace place, Dictionary<string, HubEntry> present) =>
        present.Count == 0
            ? []
            : lake.ReadFindings(new FindingQuery { AccountIds = [place.AccountId], IsPast = true })
                .Where(finding => finding.Change != FindingChange.Gone)
                .Select(finding => present.TryGetValue(AsffFinding.IdOf(finding), out var entry) ? entry : null)
                .OfType<HubEntry>();

    private static string ProductArn(PublishedPlace place) =>
        $"arn:{Aws.Endpoints.Partition.Of(place.Region).Name}:securityhub:{place.Region}:{place.AccountId}:product/{place.AccountId}/default";

    private static object[] Filter(string value, string comparison) => [new Dictionary<string, string> { ["Value"] = value, ["Comparison"] = comparison }];
}
