using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Logging;

/// <summary>What the account's CloudTrail trails record. Selectors of one trail add up: what one leaves out, another may take in.</summary>
internal static class Trails
{
    public const string Type = "AWS::CloudTrail::Trail";
    private const string EventCategory = "eventCategory";
    private const string ReadOnly = "readOnly";
    private const string ResourceType = "resources.type";

    /// <summary>The trails that cover all Regions, are switched on, and deliver to their bucket.</summary>
    public static IEnumerable<Resource> ToBucket(AccountIndex account) => Active(account, "LatestDeliveryError");

    /// <summary>The trails that cover all Regions, are switched on, and deliver to CloudWatch Logs, where they do at all.</summary>
    public static IEnumerable<Resource> ToLogGroup(AccountIndex account) => Active(account, "LatestCloudWatchLogsDeliveryError");

    /// <summary>Why trails may be there that are not seen; null where all were read whole.</summary>
    public static string? WhyUncertain(AccountIndex account) => account.WhyMissing(Type, null)
        ?? (account.Resources(Type).SelectMany(trail => trail.Gaps).FirstOrDefault() is { } gap ? Evidence.Of(gap) : null);

    /// <summary>Whether the trail records every management event, reading and writing, of every service.</summary>
    public static bool RecordsManagement(Resource trail) => RecordsManagement(trail, writes: false) && RecordsManagement(trail, writes: true);

    /// <summary>Whether the trail records the reading or writing of every object in every bucket.</summary>
    public static bool RecordsObjects(Resource trail, bool writes) =>
        Selectors(trail, "EventSelectors").Any(selector => Includes(selector, writes) && selector.Items("DataResources").Any(IsEveryObject))
        || Advanced(trail).Any(fields => Equal(fields, EventCategory, "Data")
            && Equal(fields, ResourceType, "AWS::S3::Object")
            && fields.All(field => field.Text("Field") is EventCategory or ResourceType || IsReadOnlyFor(field, writes)));

    // CloudTrail tells an error of a destination for as long as it meets one there.
    private static IEnumerable<Resource> Active(AccountIndex account, string error) => account.Resources(Type)
        .Where(trail => trail.Configuration.Flag("IsMultiRegionTrail")
            && trail.Configuration.Member("Status") is { } status && status.Flag("IsLogging") && string.IsNullOrEmpty(status.Text(error)));

    // A service that is left out, by ExcludeManagementEventSources or by a field other than these, is a gap in what was recorded.
    private static bool RecordsManagement(Resource trail, bool writes) =>
        Selectors(trail, "EventSelectors").Any(selector => selector.Flag("IncludeManagementEvents") && Includes(selector, writes)
            && !selector.Items("ExcludeManagementEventSources").Any())
        || Advanced(trail).Any(fields => Equal(fields, EventCategory, "Management")
            && fields.All(field => field.Text("Field") is EventCategory || IsReadOnlyFor(field, writes)));

    // CloudTrail takes a selector without a type for one of all events.
    private static bool Includes(JsonElement selector, bool writes) =>
        (selector.Text("ReadWriteType") ?? "All") is var type && (type == "All" || type == (writes ? "WriteOnly" : "ReadOnly"));

    private static bool IsReadOnlyFor(JsonElement field, bool writes)
    {
        if (field.Text("Field") != ReadOnly)
        {
            return false;
        }

        var value = writes ? "false" : "true";
        return field.Member("Equals") is null
            ? field.Member("NotEquals") is not null && !Texts(field, "NotEquals").Contains(value)
            : Texts(field, "Equals").Contains(value);
    }

    private static bool IsEveryObject(JsonElement data) => data.Text("Type") == "AWS::S3::Object"
        && Texts(data, "Values").Any(value => value.TrimEnd(':').Split(':') is { Length: 3 } parts && parts[2] == "s3");

    private static bool Equal(IEnumerable<JsonElement> fields, string name, string value) =>
        fields.Any(field => field.Text("Field") == name && Texts(field, "Equals").Contains(value, StringComparer.Ordinal));

    private static IEnumerable<string> Texts(JsonElement json, string list) =>
        json.Items(list).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static IEnumerable<IReadOnlyList<JsonElement>> Advanced(Resource trail) =>
        Selectors(trail, "AdvancedEventSelectors").Select(selector => (IReadOnlyList<JsonElement>)[.. selector.Items("FieldSelectors")]);

    private static IEnumerable<JsonElement> Selectors(Resource trail, string list) =>
        trail.Configuration.Member("EventSelectors") is { } selectors ? selectors.Items(list) : [];
}
