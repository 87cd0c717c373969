using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>Keeps of the resources of one account those that paths need, and of what there may be very much, such as instances, nothing but the role.</summary>
/// <param name="content">What paths look at.</param>
internal sealed class PathResources(PathContent content)
{
    private static readonly HashSet<string> Whole = new([.. IdentityReader.Types, .. PathEntries.Types, DataKeys.Type, ManagedInstances.Type], StringComparer.Ordinal);
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;
    private readonly HashSet<string> _wanted = new(content.Types, StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _configurations = new(StringComparer.Ordinal);

    /// <summary>The types that are looked at.</summary>
    public static IEnumerable<string> TypesOf(PathContent content) => Whole.Concat(content.Types).Distinct(StringComparer.Ordinal);

    /// <summary>What to keep of a resource; null for nothing. Of things without a role it matters that there are some: the first is kept.</summary>
    public Resource? Keep(Resource resource)
    {
        if (Whole.Contains(resource.Type))
        {
            return resource;
        }

        var trimmed = content.Roles.Contains(resource.Type) ? Trimmed(resource) : null;
        return !_wanted.Contains(resource.Type) ? null
            : _seen.Add(resource.Type) || trimmed is not null ? trimmed ?? resource with { Configuration = Nothing }
            : null;
    }

    private Resource? Trimmed(Resource resource)
    {
        var found = content.Roles[resource.Type]
            .Select(path => (Path: path, Value: path.FindAll(resource.Configuration).FirstOrDefault()))
            .Where(pair => pair.Value.ValueKind == JsonValueKind.String).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        if (found.Exists(pair => pair.Path.Text.IndexOf('[') >= 0))
        {
            return resource;
        }

        // Very many work with the same role: they share what is kept.
        var key = string.Join("\n", found.Select(pair => $"{pair.Path.Text}={pair.Value.GetString()}"));
        if (!_configurations.TryGetValue(key, out var kept))
        {
            _configurations[key] = kept = JsonDocument.Parse(Configuration(found).ToJsonString()).RootElement;
        }

        return resource with { Configuration = kept };
    }

    private static JsonObject Configuration(IEnumerable<(JsonPath Path, JsonElement Value)> found)
    {
        var json = new JsonObject();
        foreach (var (path, value) in found)
        {
            var names = path.Text.Split('.');
            var at = json;
            foreach (var name in names.Take(names.Length - 1))
            {
                at = at[name] as JsonObject ?? (JsonObject)(at[name] = new JsonObject());
            }

            at[names[names.Length - 1]] = value.GetString();
        }

        return json;
    }
}
