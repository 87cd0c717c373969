using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using CloudPosture.Assessment.Paths;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Posture.Paths;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>Where paths are to lead, as the command line names it.</summary>
/// <param name="lake">The lake.</param>
/// <param name="harvestId">One harvest; null for the latest of each.</param>
/// <param name="goals">The goals.</param>
/// <param name="cmdlet">Hears of what is not whole.</param>
/// <param name="arnOf">Finds the ARN of a name.</param>
internal sealed class PathGoals(PostureLake lake, string? harvestId, IReadOnlyList<string> goals, PSCmdlet cmdlet, Func<string, string> arnOf)
{
    public const string Admin = "Admin";
    public const string Data = "Data";
    private const string TagMark = "tag:";
    private const string TypeMark = "::";

    /// <summary>The paths.</summary>
    /// <param name="analysis">What finds them.</param>
    /// <param name="from">Where they begin.</param>
    /// <param name="only">The ARNs of the resources that alone are meant, each from every thing that can be come in by; null for all, each by its shortest path.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IReadOnlyList<PosturePath> Find(PathAnalysis analysis, IReadOnlyCollection<string> from, IReadOnlyCollection<string>? only, CancellationToken cancellationToken) =>
    [
        .. goals.SelectMany(goal => Find(goal, analysis, from, only, cancellationToken))
            .GroupBy(path => (path.From, path.ResourceArn, path.GoalArn)).Select(same => same.First())
            .OrderByDescending(path => path.Severity).ThenBy(path => path.Length),
    ];

    private IEnumerable<PosturePath> Find(string goal, PathAnalysis analysis, IReadOnlyCollection<string> from, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        if (string.Equals(goal, Admin, StringComparison.OrdinalIgnoreCase))
        {
            return only is null ? analysis.ToAdministrator(from, cancellationToken: cancellationToken) : [];
        }

        if (Many(goal) is { } resources)
        {
            return only is null ? analysis.ToEach(from, resources, cancellationToken)
                : resources.Where(resource => only.Contains(resource.Arn)).ToList().SelectMany(resource => analysis.ToOne(from, resource, cancellationToken));
        }

        var arn = arnOf(goal);
        return only is not null ? []
            : analysis.ToPrincipal(from, arn, cancellationToken)
            ?? Read(new ResourceQuery { HarvestId = harvestId, Ids = [arn] }).GroupBy(resource => resource.Type).Select(same => same.First()).ToList().SelectMany(resource => analysis.ToOne(from, resource, cancellationToken));
    }

    // Null for a single one.
    private IEnumerable<Resource>? Many(string goal)
    {
        if (string.Equals(goal, Data, StringComparison.OrdinalIgnoreCase))
        {
            return Read(new ResourceQuery { HarvestId = harvestId, Types = PathAnalysis.DataTypesOf(ModuleFolder.Content) });
        }

        if (goal.StartsWith(TagMark, StringComparison.OrdinalIgnoreCase))
        {
            var (key, value) = goal.IndexOf('=') is > 0 and var at
                ? (goal.Substring(TagMark.Length, at - TagMark.Length), goal.Substring(at + 1))
                : (goal.Substring(TagMark.Length), null);
            return Read(new ResourceQuery { HarvestId = harvestId }).Where(resource => resource.Tags.TryGetValue(key, out var found) && (value is null || found == value));
        }

        if (!goal.StartsWith("arn:", StringComparison.Ordinal) && goal.Contains(TypeMark))
        {
            new NameFilter([goal]).RefuseUnknownTypes();
            return Read(new ResourceQuery { HarvestId = harvestId, Types = [goal] });
        }

        if (ModuleLibrary.Of(cmdlet, lake, frameworks: null).Rules.Rules.FirstOrDefault(rule => string.Equals(rule.Id, goal, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            var failing = new HashSet<string>(lake.ReadFindings(new FindingQuery { HarvestId = harvestId, RuleIds = [known.Id], Statuses = [FindingStatus.Fail] }).Select(finding => finding.ResourceArn), StringComparer.Ordinal);
            return Read(new ResourceQuery { HarvestId = harvestId, Types = [.. known.ResourceTypes] }).Where(resource => failing.Contains(resource.Arn));
        }

        return null;
    }

    private IEnumerable<Resource> Read(ResourceQuery query) => lake.ReadResources(query);
}
