using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Text;

namespace CloudPosture.Assessment.Paths;

/// <summary>Writes what was found as paths.</summary>
internal static class PathLine
{
    /// <summary>The type of whoever may do everything in an account.</summary>
    public const string Administrator = "Administrator";

    // What takes more steps than this is far.
    private const int Near = 3;

    /// <summary>A path to somebody.</summary>
    public static PosturePath OfIdentity(WalkEnd way, string type) =>
        Path(new PathStepView(way.Entry, ThingLabel.Of(way.Identity)) { Onward = way.Steps }, type, way.Identity.Arn, way.Identity.AccountId, asks: null, isMerelyReached: false);

    /// <summary>A path to data by who may read it.</summary>
    public static PosturePath OfData(WalkEnd way, Resource data, PartJudgement judgement) =>
        Path(
            new PathStepView(way.Entry, ThingLabel.Of(data.Type, data.Id)) { Onward = way.Steps, Read = new DataRead(way.Identity, data.Arn, judgement) },
            data.Type,
            data.Arn,
            data.AccountId,
            asks: null,
            isMerelyReached: false);

    /// <summary>A path to what can be reached itself. Where packets reach a database, it still asks who calls.</summary>
    public static PosturePath Direct(PathEntry entry, Resource resource, IReadOnlyCollection<string> dataTypes)
    {
        var holdsData = dataTypes.Contains(resource.Type);
        var asks = holdsData && entry.IsByNetwork ? "whoever calls can sign in to it" : null;
        var steps = new PathStepView(entry, ThingLabel.Of(resource.Type, resource.Id)) { IsMerelyReached = true };
        return Path(steps, resource.Type, resource.Arn, resource.AccountId, asks, isMerelyReached: !holdsData);
    }

    /// <summary>The place of the step that is cut at the least cost, the last of those.</summary>
    public static int Cheapest(IReadOnlyList<PosturePathStep> steps)
    {
        var costs = steps.Select(step => step.CutCost).ToList();
        return costs.LastIndexOf(costs.Min());
    }

    private static PosturePath Path(PathStepView steps, string type, string arn, string accountId, string? asks, bool isMerelyReached)
    {
        var entry = steps.Entry;
        var conditions = steps.Conditions.Concat(asks is null ? [] : [asks]).Distinct(StringComparer.Ordinal).ToList();
        return new PosturePath
        {
            Severity = SeverityOf(entry, type, steps.Count - entry.Length, conditions.Count == 0, isMerelyReached),
            From = entry.From,
            ResourceType = entry.Type,
            ResourceId = entry.Id,
            ResourceArn = entry.Arn,
            AccountId = entry.AccountId,
            Region = entry.Region,
            Goal = steps.Goal,
            GoalType = type,
            GoalArn = arn,
            GoalAccountId = accountId,
            Conditions = string.Join("; ", conditions),
            // A list that PowerShell can index, from its end too.
            Steps = new PrintedList<PosturePathStep>(steps),
        };
    }

    // From the Internet to administrator it is critical; one less for each that softens it.
    private static Severity SeverityOf(PathEntry entry, string type, int escalations, bool isCertain, bool isMerelyReached)
    {
        var softer = (entry.IsOpenToAll ? 0 : 1) + (type == Administrator ? 0 : 1) + (isCertain ? 0 : 1) + (escalations > Near ? 1 : 0) + (isMerelyReached ? 1 : 0);
        return (Severity)Math.Max((int)Severity.Low, (int)Severity.Critical - softer);
    }
}
