using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>inBackupPlan</c>, without arguments: true where a backup selection of the Region covers the resource, by its ARN, by a pattern
/// or by tags, and does not leave it out. Evidence: the plan and the selection. Source: AWS::Backup::BackupSelection.
/// </summary>
internal sealed class InBackupPlan : DerivedFunction
{
    private const string Selection = "AWS::Backup::BackupSelection";
    private const string TagKey = "aws:ResourceTag/";

    // Each kind of condition, and how a tag's value meets the wanted one.
    private static readonly (string Name, Func<string?, string, bool> IsMet)[] Conditions =
    [
        ("StringEquals", (tag, wanted) => tag == wanted),
        ("StringNotEquals", (tag, wanted) => tag != wanted),
        ("StringLike", (tag, wanted) => tag is not null && new Wildcard(wanted, ignoreCase: false).Matches(tag)),
        ("StringNotLike", (tag, wanted) => tag is null || !new Wildcard(wanted, ignoreCase: false).Matches(tag)),
    ];

    public override IReadOnlyList<string> Types => [Selection];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var (resource, account) = (subject.Resource, subject.Account);
        var selections = account.Resources(Selection).Where(selection => selection.Region == resource.Region).ToList();
        if (selections.FirstOrDefault(selection => Covers(selection.Configuration, resource)) is { } found)
        {
            return DerivedValue.Of(true, explain ? $"the selection {found.Name} of the plan {found.Configuration.Text("BackupPlanId")} covers it" : null);
        }

        var unknown = account.WhyMissing(Selection, resource.Region)
            ?? selections.SelectMany(selection => selection.Gaps).Select(Assessment.Conditions.Evidence.Of).FirstOrDefault();
        return unknown is null
            ? DerivedValue.Of(false, explain ? $"none of {selections.Count} backup selections of the Region covers it" : null)
            : DerivedValue.Unknown(explain ? $"backup selections could not be read: {unknown}" : null);
    }

    private static bool Covers(JsonElement item, Resource resource) =>
        item.Member("BackupSelection") is { } selection
        && !Names(selection, "NotResources", resource)
        && IsChosen(selection, resource)
        && MeetsConditions(selection, resource);

    /// <summary>Chosen by ARN or by one of the tags; conditions alone choose among all resources.</summary>
    private static bool IsChosen(JsonElement selection, Resource resource)
    {
        var (hasArns, hasTags) = (selection.Items("Resources").Any(), selection.Items("ListOfTags").Any());
        return Names(selection, "Resources", resource)
            || selection.Items("ListOfTags").Any(tag => HasTag(tag, resource))
            || (!hasArns && !hasTags && selection.Member("Conditions") is { } conditions
                && conditions.EnumerateObject().Any(kind => kind.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0));
    }

    private static bool Names(JsonElement selection, string list, Resource resource) => selection.Items(list)
        .Any(pattern => pattern.ValueKind == JsonValueKind.String && new Wildcard(pattern.GetString()!, ignoreCase: false).Matches(resource.Arn));

    private static bool HasTag(JsonElement condition, Resource resource) =>
        condition.Text("ConditionKey") is { } key && resource.Tags.TryGetValue(NameOf(key), out var value) && value == condition.Text("ConditionValue");

    private static bool MeetsConditions(JsonElement selection, Resource resource) =>
        selection.Member("Conditions") is not { } conditions
        || Conditions.All(kind => conditions.Items(kind.Name).All(condition =>
            kind.IsMet(resource.Tags.TryGetValue(NameOf(condition.Text("ConditionKey") ?? ""), out var value) ? value : null, condition.Text("ConditionValue") ?? "")));

    private static string NameOf(string key) => key.StartsWith(TagKey, StringComparison.OrdinalIgnoreCase) ? key.Substring(TagKey.Length) : key;
}
