using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Providers;

/// <summary>A finding of another detector as it lies in the lake, read by the form that the catalog gives for it.</summary>
/// <param name="provider">The entry of the catalog that it was read by.</param>
/// <param name="form">What of it means what.</param>
/// <param name="record">The finding.</param>
internal sealed class ProviderRecord(ServiceEntry provider, FindingForm form, Resource record) : ITemplateScope
{
    private const string Unknown = "unknown";
    private const string Suppressed = "SUPPRESSED";

    public string Partition => record.Arn.Split(':') is { Length: > 1 } parts && parts[1].Length > 0 ? parts[1] : "aws";

    public string Region => Text(form.Region) is { Length: > 0 } region and not "-" ? region : record.Region;

    public string AccountId => record.AccountId;

    public JsonElement? Find(JsonPath path) => path.Find(record.Configuration);

    /// <summary>By what that may name it the thing is known that the finding is about, the likeliest first.</summary>
    public IReadOnlyList<string> About() =>
    [
        .. form.About.Select(template => template.Render(this)).OfType<string>(),
        .. form.AboutAny.SelectMany(path => path.FindAll(record.Configuration)).Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!),
    ];

    /// <summary>The finding as ours are.</summary>
    /// <param name="things">The resources that are known.</param>
    /// <param name="catalog">What tells which service a type is of.</param>
    public Finding ToFinding(KnownThings things, ServiceCatalog catalog)
    {
        var about = About();
        var thing = about.Select(text => things.Find(AccountId, text)).FirstOrDefault(known => known is not null) ?? Guess(about);
        var kind = form.Kind.Render(this) ?? record.Type;
        var state = State();
        var severity = Text(form.Severity);
        return new Finding
        {
            FindingId = FindingIds.Of(provider.Provider!, AccountId, record.Region, record.Arn),
            RuleId = $"{provider.Provider}/{kind}",
            Title = form.Title?.Render(this) is { Length: > 0 } title ? title : kind,
            Status = state == Suppressed ? FindingStatus.Excepted : FindingStatus.Fail,
            Severity = Word(severity),
            Service = catalog.ServiceOf(thing.Type) ?? provider.Model,
            ResourceType = thing.Type,
            ResourceId = thing.Id,
            ResourceArn = thing.Arn,
            ResourceName = thing.Name,
            AccountId = AccountId,
            AccountName = record.AccountName,
            Region = thing.Region,
            Evidence = $"{provider.Provider}: {string.Join(", ", new[] { severity, state, record.Id }.Where(part => part is { Length: > 0 }))}",
            FirstSeen = Time(form.Since) ?? Time(form.Time) ?? record.HarvestedAt,
            LastSeen = Time(form.Time) ?? record.HarvestedAt,
            Connection = record.Connection,
            HarvestId = record.HarvestId,
            ExceptionReason = state == Suppressed ? $"suppressed in {provider.Title}" : null,
            Provider = provider.Provider,
            NativeId = record.Id,
            NativeSeverity = severity,
            WorkflowState = state,
        };
    }

    /// <summary>What is said of a thing that was not harvested. Where several are meant, or none, it is the account's.</summary>
    private KnownThing Guess(IReadOnlyList<string> about)
    {
        var likely = about.Count == 1 ? about[0] : about.Where(text => text.StartsWith("arn:", StringComparison.Ordinal)).Take(2).ToList() is [var one] ? one : null;
        if (likely is null || likely == $"{PlaceTypes.Account}:{AccountId}")
        {
            return new KnownThing(PlaceTypes.Account, AccountId, $"arn:{Partition}:iam::{AccountId}:root", AccountId, Region);
        }

        var name = likely.Substring(likely.LastIndexOfAny(['/', ':']) + 1);
        return new KnownThing(Unknown, likely, likely, name.Length > 0 ? name : likely, Region);
    }

    private string? State() => Text(form.State) is { Length: > 0 } state ? form.StateWords.TryGetValue(state, out var word) ? word : state : null;

    private Severity Word(string? severity)
    {
        var word = severity is null ? null
            : form.IsNumber ? LastReached(severity)
            : form.Words.Where(pair => pair.Key.Equals(severity, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value).FirstOrDefault();
        return (Severity)Enum.Parse(typeof(Severity), word ?? form.Otherwise);
    }

    private string? LastReached(string severity) => double.TryParse(severity, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure)
        ? form.Words.Where(pair => double.Parse(pair.Key, CultureInfo.InvariantCulture) <= figure).Select(pair => pair.Value).LastOrDefault()
        : null;

    private string? Text(JsonPath? path) => path is not null && Find(path) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        }
        : null;

    private DateTimeOffset? Time(JsonPath? path) =>
        Text(path) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
