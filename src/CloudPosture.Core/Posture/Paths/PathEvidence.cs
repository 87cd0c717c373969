using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Paths;
using CloudPosture.Content.Catalog;
using CloudPosture.Findings.Providers;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Paths;

/// <summary>Tells of paths what AWS's own detectors found on them. Where what is come in by has a critical finding, the path is a degree worse.</summary>
public static class PathEvidence
{
    private const int MostTold = 3;

    /// <summary>The same paths with that.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="lake">Where findings of detectors are read from.</param>
    /// <param name="catalog">What tells which they are.</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and detector.</param>
    /// <returns>The paths, the worst first where one became worse.</returns>
    public static IReadOnlyList<PosturePath> Of(IReadOnlyList<PosturePath> paths, PostureLake lake, ServiceCatalog catalog, string? harvestId = null)
    {
        if (paths.Count == 0)
        {
            return paths;
        }

        string[] providers = [.. catalog.Providers.Select(entry => entry.Provider!).Distinct(StringComparer.Ordinal)];
        return With(paths, new ProviderFindings(lake, catalog).Read(providers, harvestId));
    }

    /// <summary>The same paths with some findings.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="findings">Findings of detectors; those about what is on no path are passed over.</param>
    public static IReadOnlyList<PosturePath> With(IReadOnlyList<PosturePath> paths, IEnumerable<Finding> findings)
    {
        var things = new HashSet<string>(paths.SelectMany(path => path.Steps)
            .Select(step => step.ToArn)
            .Where(arn => arn.Length > 0), StringComparer.Ordinal);
        var found = findings.Where(finding => finding.Status == FindingStatus.Fail && things.Contains(finding.ResourceArn)).ToLookup(finding => finding.ResourceArn, StringComparer.Ordinal);
        return found.Count == 0 ? paths : [.. paths.Select(path => With(path, found)).WorstFirst()];
    }

    private static PosturePath With(PosturePath path, ILookup<string, Finding> found)
    {
        var all = path.Steps.Select(step => step.ToArn)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(arn => found[arn])
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.FindingId, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
        {
            return path;
        }

        var isWorse = path.Severity < Severity.Critical && found[path.ResourceArn].Any(finding => finding.Severity == Severity.Critical);
        return path with
        {
            Severity = isWorse ? path.Severity + 1 : path.Severity,
            Findings = string.Join("; ", all.Take(MostTold).Select(finding => $"{finding.Severity}: {finding.Title} ({finding.ResourceId})")) + (all.Count > MostTold ? $" and {all.Count - MostTold} more" : ""),
        };
    }
}
