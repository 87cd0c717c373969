using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived;

/// <summary>What the account's CloudTrail trails record.</summary>
internal static class Trails
{
    public const string Type = "AWS::CloudTrail::Trail";
    private const string All = "All";

    /// <summary>The trails that cover all Regions and are switched on.</summary>
    public static IEnumerable<Resource> Active(AccountIndex account) => account.Resources(Type)
        .Where(trail => trail.Configuration.Flag("IsMultiRegionTrail")
            && trail.Configuration.Member("Status") is { } status && status.Flag("IsLogging"));

    /// <summary>Why trails may be there that are not seen; null where all were read whole.</summary>
    public static string? WhyUncertain(AccountIndex account) => account.WhyMissing(Type, null)
        ?? (account.Resources(Type).SelectMany(trail => trail.Gaps).FirstOrDefault() is { } gap ? Evidence.Of(gap) : null);

    /// <summary>Whether the trail records every management event, reading and writing.</summary>
    public static bool RecordsManagement(Resource trail) =>
        Selectors(trail, "EventSelectors").Any(selector => selector.Flag("IncludeManagementEvents") && selector.Text("ReadWriteType") is null or All)
        || Advanced(trail).Any(fields => Equal(fields, "eventCategory", "Management") && fields.All(field => field.Text("Field") is "eventCategory"));

    /// <summary>Whether the trail records the reading or writing of every object in every bucket.</summary>
    public static bool RecordsObjects(Resource trail, bool writes) =>
        Selectors(trail, "EventSelectors").Any(selector =>
            selector.Text("ReadWriteType") is { } type && (type == All || type == (writes ? "WriteOnly" : "ReadOnly"))
            && selector.Items("DataResources").Any(IsEveryObject))
        || Advanced(trail).Any(fields => RecordsObjects(fields, writes));

    private static bool IsEveryObject(JsonElement data) => data.Text("Type") == "AWS::S3::Object"
        && data.Items("Values").Any(value => value.ValueKind == JsonValueKind.String && value.GetString()!.TrimEnd(':').Split(':') is { Length: 3 } parts && parts[2] == "s3");

    private static bool RecordsObjects(IReadOnlyList<JsonElement> fields, bool writes) =>
        Equal(fields, "eventCategory", "Data")
        && Equal(fields, "resources.type", "AWS::S3::Object")
        && fields.All(field => field.Text("Field") switch
        {
            "eventCategory" or "resources.type" => true,
            "readOnly" => field.Items("Equals").Any(value => value.GetString() == (writes ? "false" : "true")),
            _ => false,
        });

    private static bool Equal(IEnumerable<JsonElement> fields, string name, string value) =>
        fields.Any(field => field.Text("Field") == name && field.Items("Equals").Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == value));

    private static IEnumerable<IReadOnlyList<JsonElement>> Advanced(Resource trail) =>
        Selectors(trail, "AdvancedEventSelectors").Select(selector => (IReadOnlyList<JsonElement>)[.. selector.Items("FieldSelectors")]);

    private static IEnumerable<JsonElement> Selectors(Resource trail, string list) =>
        trail.Configuration.Member("EventSelectors") is { } selectors ? selectors.Items(list) : [];
}
