using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;

namespace CloudPosture.Content.Catalog;

/// <summary>What a harvested resource may hold, told by the catalog and the published API models.</summary>
internal sealed class TypeShapes
{
    /// <summary>The one type that no API model describes: the columns of the credential report (IAM User Guide, "Getting credential reports").</summary>
    public static readonly IReadOnlyList<string> CredentialReport =
    [
        "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed", "password_next_rotation", "mfa_active",
        "access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_1_last_used_region", "access_key_1_last_used_service",
        "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date", "access_key_2_last_used_region", "access_key_2_last_used_service",
        "cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated", "additional_credentials_info",
    ];

    // Of CloudTrail's event history all that is kept: what a principal did, by the names of the events.
    private static readonly string[] EventHistory = ["Principal", "PrincipalType", "Role", "IsReader", "Since", "Until", "Events"];
    private static readonly string[] HistoryEvent = ["Name", "Count", "First", "Last"];

    private const string Each = "[]";
    private readonly ILookup<string, (ServiceModel Model, ResourceEntry Entry)> _types;

    public TypeShapes(IEnumerable<ServiceEntry> services, Func<string, ServiceModel> modelOf) =>
        _types = services
            .SelectMany(service => service.Resources, (service, entry) => (Model: modelOf(service.Model), Entry: entry))
            .ToLookup(pair => pair.Entry.Type, StringComparer.Ordinal);

    /// <summary>Looks for a field.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="path">The field's path; brackets of lists are passed over.</param>
    /// <returns>Null where resources of the type can have it; else the name that is unknown and those known in its place.</returns>
    public (string Unknown, IReadOnlyList<string> Known)? Miss(string type, string path)
    {
        var steps = Steps(path);
        if (steps.Count == 0 || !_types.Contains(type))
        {
            return null;
        }

        var misses = _types[type].Select(pair => Miss(pair.Model, pair.Entry, steps)).ToList();
        return misses.Contains(null) ? null : (misses[0]!.Value.Unknown, [.. misses.SelectMany(miss => miss!.Value.Known).Distinct()]);
    }

    /// <summary>Where a path leads in an answer.</summary>
    /// <returns>Null where it leads somewhere; else the name that is unknown and those known in its place.</returns>
    public static (string Unknown, IReadOnlyList<string> Known)? Miss(Shape shape, string path) => Follow(shape, Steps(path));

    private static (string Unknown, IReadOnlyList<string> Known)? Miss(ServiceModel model, ResourceEntry entry, IReadOnlyList<string> path)
    {
        if (entry.List?.IsCredentialReport == true)
        {
            return CredentialReport.Contains(path[0]) ? null : (path[0], CredentialReport);
        }

        if (entry.List?.IsEventHistory == true)
        {
            return !EventHistory.Contains(path[0]) ? (path[0], EventHistory)
                : path[0] == "Events" && path.Skip(1).FirstOrDefault(step => step != Each) is { } step && !HistoryEvent.Contains(step) ? (step, HistoryEvent)
                : null;
        }

        if (entry.Calls.FirstOrDefault(call => call.Field == path[0]) is { } call)
        {
            return Follow(model.Operation(call.Operation).Output, [.. Steps(call.Select.Text), .. path.Skip(1)]);
        }

        var fields = entry.Calls.Select(each => each.Field).ToList();
        if (entry.List is not { } list)
        {
            return (path[0], fields);
        }

        // A child keeps the id of the parent it was listed for.
        if (path[0] == list.Walk?.Input || list.Walk?.Carry.Contains(path[0]) == true)
        {
            return null;
        }

        if (list.ItemField is { } field)
        {
            return path[0] == field ? null : (path[0], [field, .. fields]);
        }

        return Follow(model.Operation(list.Operation).Output, [.. Steps(list.Items.Text), .. path]) is var (unknown, known)
            ? (unknown, [.. known, .. fields])
            : null;
    }

    // Lists are passed through without a step of their own, maps where all their values are meant; text may hold JSON, whose inside no model knows.
    private static (string Unknown, IReadOnlyList<string> Known)? Follow(Shape shape, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            if (step == Each)
            {
                shape = shape.Kind is ShapeKind.List or ShapeKind.Map ? shape.Element!.Shape : shape;
                continue;
            }

            while (shape.Kind == ShapeKind.List)
            {
                shape = shape.Element!.Shape;
            }

            if (shape.Kind is ShapeKind.String or ShapeKind.Document)
            {
                return null;
            }

            if ((shape.Kind == ShapeKind.Map ? shape.Element : shape.Member(step)) is not { } next)
            {
                return (step, [.. shape.Members.Select(member => member.Name)]);
            }

            shape = next.Shape;
        }

        return null;
    }

    private static List<string> Steps(string path) =>
        [.. path.Split(['.'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(step => step.EndsWith(Each, StringComparison.Ordinal) ? [step.Split('[')[0], Each] : new[] { step.Split('[')[0] })
            .Where(step => step.Length > 0)];
}
