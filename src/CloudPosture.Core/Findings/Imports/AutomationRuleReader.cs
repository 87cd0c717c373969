using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Findings.Exceptions;

namespace CloudPosture.Findings.Imports;

/// <summary>Reads the automation rules of AWS Security Hub that suppress findings.</summary>
/// <param name="equivalents">The rules by the controls they are equal to.</param>
/// <param name="reason">Why, where a rule has no description.</param>
internal sealed class AutomationRuleReader(EquivalentRules equivalents, string reason)
{
    private const string ControlId = "ComplianceSecurityControlId";

    // What can be said here; of these, what only says that a finding is one of AWS's own that fails, is passed over.
    private static readonly string[] Selectors = [ControlId, "AwsAccountId", "AwsAccountName", "ResourceId", "ResourceRegion", "ResourceTags"];
    private static readonly string[] Implied = ["ProductName", "ComplianceStatus", "RecordState", "WorkflowStatus", "CompanyName"];

    public IEnumerable<ImportedEntry> Read(JsonElement rule)
    {
        var name = rule.TryGetProperty("RuleName", out var text) ? text.GetString() ?? "" : "";
        var isOff = rule.TryGetProperty("RuleStatus", out var status) && status.GetString() == "DISABLED";
        return isOff || !Suppresses(rule) ? [] : [Read($"automation rule {name}", rule, rule.GetProperty("Criteria"))];
    }

    private static bool Suppresses(JsonElement rule) =>
        rule.TryGetProperty("Actions", out var actions) && actions.ValueKind == JsonValueKind.Array
        && actions.EnumerateArray().Any(action => action.TryGetProperty("FindingFieldsUpdate", out var update)
            && update.TryGetProperty("Workflow", out var workflow) && workflow.TryGetProperty("Status", out var status) && status.GetString() == "SUPPRESSED");

    private ImportedEntry Read(string source, JsonElement rule, JsonElement criteria)
    {
        var asked = criteria.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array && one.Value.GetArrayLength() > 0)
            .GroupBy(one => one.Name).ToDictionary(one => one.Key, one => one.Last().Value, StringComparer.Ordinal);
        if (asked.Keys.FirstOrDefault(name => !Selectors.Contains(name) && !Implied.Contains(name)) is { } strange)
        {
            return ImportedEntry.Refused(source, $"its criterion {strange} cannot be said here.");
        }

        IReadOnlyList<string?>? Of(string criterion) => asked.TryGetValue(criterion, out var comparisons) ? Patterns(comparisons) : [null];
        if (Of(ControlId) is not { } controls || Accounts(Of("AwsAccountId"), Of("AwsAccountName")) is not { } accounts
            || Of("ResourceId") is not { } resources || Of("ResourceRegion") is not { } regions || Tags(asked) is not { } tags)
        {
            return ImportedEntry.Refused(source, "it compares in a way that cannot be said here: EQUALS, PREFIX and CONTAINS can.");
        }

        var rules = controls.Contains(null) ? ["*"] : controls.SelectMany(control => equivalents.Of(control!)).Distinct(StringComparer.Ordinal).ToList();
        return rules.Count == 0
            ? ImportedEntry.WithoutRule(source)
            : new ImportedEntry(source, [.. from one in rules from account in accounts from resource in resources from region in regions from tag in tags select new PostureException
            {
                Id = "",
                Rule = one,
                Account = account,
                Resource = resource,
                Region = region,
                Tags = tag,
                Reason = rule.TryGetProperty("Description", out var text) && text.GetString() is { Length: > 0 } why ? why : reason,
            }], null);
    }

    // An account by id and by name at once cannot be said with one selector.
    private static IReadOnlyList<string?>? Accounts(IReadOnlyList<string?>? ids, IReadOnlyList<string?>? names) =>
        ids is null || names is null ? null
        : names.Contains(null) ? ids
        : ids.Contains(null) ? names
        : null;

    /// <summary>The patterns, one of which must match; null where one cannot be said.</summary>
    private static IReadOnlyList<string?>? Patterns(JsonElement comparisons)
    {
        var patterns = comparisons.EnumerateArray().Select(Pattern).ToList();
        return patterns.Contains(null) ? null : patterns;
    }

    private static string? Pattern(JsonElement comparison)
    {
        var value = comparison.TryGetProperty("Value", out var text) ? text.GetString() : null;
        var how = comparison.TryGetProperty("Comparison", out var kind) ? kind.GetString() : "EQUALS";
        return value is null || value.IndexOfAny(['*', '?']) >= 0 ? null : how switch
        {
            "EQUALS" => value,
            "PREFIX" => value + "*",
            "CONTAINS" => $"*{value}*",
            _ => null,
        };
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string>>? Tags(Dictionary<string, JsonElement> criteria)
    {
        if (!criteria.TryGetValue("ResourceTags", out var found))
        {
            return [new Dictionary<string, string>()];
        }

        var tags = found.EnumerateArray().Select(one => (Key: one.TryGetProperty("Key", out var key) ? key.GetString() : null, Value: Pattern(one))).ToList();
        return tags.Exists(tag => tag.Key is null || tag.Value is null || tag.Key.IndexOfAny(['*', '?']) >= 0)
            ? null
            : [.. tags.Select(tag => new Dictionary<string, string> { [tag.Key!] = tag.Value! })];
    }
}
