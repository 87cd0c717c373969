using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Paths;

namespace CloudPosture.Posture.Paths;

/// <summary>The order in which paths are told.</summary>
internal static class PathOrder
{
    /// <summary>The worst first, of equally bad ones those that are certain, then the shortest.</summary>
    public static IEnumerable<PosturePath> WorstFirst(this IEnumerable<PosturePath> paths) =>
        paths.OrderByDescending(path => path.Severity).ThenBy(path => !path.IsCertain).ThenBy(path => path.Length)
            .ThenBy(path => path.ResourceArn, StringComparer.Ordinal).ThenBy(path => path.GoalArn, StringComparer.Ordinal);
}
