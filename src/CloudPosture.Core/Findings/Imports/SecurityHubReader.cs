using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Rules;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Imports;

/// <summary>Reads what AWS Security Hub suppresses: the findings that <c>get-findings</c> gives, and the rules that <c>batch-get-automation-rules</c> gives.</summary>
/// <param name="rules">The rules, which name the controls they are equal to.</param>
/// <param name="reason">Why, where nobody wrote it down there.</param>
internal sealed class SecurityHubReader(RuleSet rules, string reason)
{
    private static readonly JsonPath Workflow = JsonPath.Parse("Workflow.Status");
    private static readonly JsonPath Control = JsonPath.Parse("Compliance.SecurityControlId");
    private static readonly JsonPath Note = JsonPath.Parse("Note.Text");
    private static readonly JsonPath Author = JsonPath.Parse("Note.UpdatedBy");
    private readonly EquivalentRules _equivalents = new(rules, "securityHub");
    private readonly AutomationRuleReader _automation = new(new EquivalentRules(rules, "securityHub"), reason);

    /// <summary>Reads the JSON of the AWS CLI: an object with <c>Findings</c> or <c>Rules</c>, or a list of either.</summary>
    /// <returns>Null where it is neither.</returns>
    public IReadOnlyList<ImportedEntry>? Read(JsonElement json)
    {
        var list = json.ValueKind == JsonValueKind.Array ? json
            : json.ValueKind == JsonValueKind.Object && (json.TryGetProperty("Findings", out var found) || json.TryGetProperty("Rules", out found)) ? found
            : default;
        return list.ValueKind != JsonValueKind.Array ? null : [.. list.EnumerateArray().SelectMany(Entry)];
    }

    private IEnumerable<ImportedEntry> Entry(JsonElement entry) =>
        entry.ValueKind != JsonValueKind.Object ? []
        : entry.TryGetProperty("Criteria", out _) ? _automation.Read(entry)
        : TextOf(entry, Workflow) == "SUPPRESSED" ? [Suppressed(entry)]
        : [];

    private ImportedEntry Suppressed(JsonElement finding)
    {
        var control = TextOf(finding, Control) ?? (finding.TryGetProperty("GeneratorId", out var generator) ? generator.GetString()?.Split('/').Last() : null) ?? "";
        var account = finding.TryGetProperty("AwsAccountId", out var id) ? id.GetString() : null;
        var region = finding.TryGetProperty("Region", out var place) ? place.GetString() : null;
        var resources = finding.TryGetProperty("Resources", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(resource => resource.TryGetProperty("Id", out var arn) ? arn.GetString() : null).OfType<string>().ToList()
            : [];
        var source = $"{control} in {account}, {region}: {string.Join(", ", resources)}";
        var found = _equivalents.Of(Literal(control) ? control : "");
        return found.Count == 0 ? ImportedEntry.WithoutRule(source)
            : account is null || resources.Count == 0 ? ImportedEntry.Refused(source, "it names no account or no resource.")
            : !resources.TrueForAll(Literal) ? ImportedEntry.Refused(source, "its resource has a * or ? in its name, which would accept others too.")
            : new ImportedEntry(source, [.. from rule in found from resource in resources select new PostureException
            {
                Id = "",
                Rule = rule,
                Account = account,
                Resource = IsAccount(resource) ? null : resource,
                Region = IsAccount(resource) ? region : null,
                Reason = TextOf(finding, Note) is { Length: > 0 } text ? text : reason,
                By = TextOf(finding, Author),
            }], null);
    }

    // A control about an account as a whole names the account in place of a resource.
    private static bool IsAccount(string resource) => resource.StartsWith(PlaceTypes.Account + ":", StringComparison.Ordinal);

    private static bool Literal(string text) => text.IndexOfAny(['*', '?']) < 0;

    private static string? TextOf(JsonElement element, JsonPath path) =>
        path.TryFind(element, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
