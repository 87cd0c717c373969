using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>Names the columns of a matrix, so that each is one of its kind and none hides a property of the row.</summary>
internal static class PlaceNames
{
    private static readonly HashSet<string> Taken = new(typeof(PostureRequirementRow).GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, in the order of the places.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<BenchmarkPlace> places)
    {
        var names = places.Select(place => Display.Text(place.Name) is { Length: > 0 } name ? name : "All").ToList();
        var twice = new HashSet<string>(names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Key), StringComparer.OrdinalIgnoreCase);
        return [.. places.Zip(names, (place, name) => twice.Contains(name) || Taken.Contains(name) ? $"{name} ({place.AccountId ?? "1"})" : name)];
    }
}
