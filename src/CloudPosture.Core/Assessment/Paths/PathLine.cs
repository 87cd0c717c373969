using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Lake;
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
        Path(way.Entry, (PosturePathStep[])[.. way.Entry.Steps, .. way.Steps.Select(PathSteps.Escalate)], ThingLabel.Of(way.Identity), type, way.Identity.Arn, way.Identity.AccountId, asks: null, isMerelyReached: false);

    /// <summary>A path to data by who may read it.</summary>
    public static PosturePath OfData(WalkEnd way, Resource data, PartJudgement judgement)
    {
        var label = ThingLabel.Of(data.Type, data.Id);
        PosturePathStep[] steps = [.. way.Entry.Steps, .. way.Steps.Select(PathSteps.Escalate), PathSteps.Read(way.Identity, label, data.Arn, judgement)];
        return Path(way.Entry, steps, label, data.Type, data.Arn, data.AccountId, asks: null, isMerelyReached: false);
    }

    /// <summary>A path to what can be reached itself. Where packets reach a database, it still asks who calls.</summary>
    public static PosturePath Direct(PathEntry entry, Resource resource, IReadOnlyCollection<string> dataTypes)
    {
        var holdsData = dataTypes.Contains(resource.Type);
        var step = entry.Steps[0];
        var asks = step.Kind == PathStepKind.Network && holdsData ? "whoever calls can sign in to it" : null;
        return Path(entry, [step], ThingLabel.Of(resource.Type, resource.Id), resource.Type, resource.Arn, resource.AccountId, asks, isMerelyReached: !holdsData);
    }

    private static PosturePath Path(PathEntry entry, IReadOnlyList<PosturePathStep> steps, string goal, string type, string arn, string accountId, string? asks, bool isMerelyReached)
    {
        var conditions = entry.Conditions.Concat(steps.SelectMany(step => step.Conditions.Length == 0 ? [] : new[] { step.Conditions })).Concat(asks is null ? [] : [asks]).Distinct(StringComparer.Ordinal).ToList();
        var cut = Enumerable.Range(0, steps.Count).OrderBy(place => steps[place].CutCost).ThenByDescending(place => place).First();
        var origin = entry.Steps.Count == 0 ? ThingLabel.Of(entry.Identity!) : ThingLabel.Of(entry.Type, entry.Id);
        return new PosturePath
        {
            Severity = SeverityOf(entry, type, steps.Count - entry.Steps.Count, conditions.Count == 0, isMerelyReached),
            From = entry.From,
            ResourceType = entry.Type,
            ResourceId = entry.Id,
            ResourceArn = entry.Arn,
            AccountId = entry.AccountId,
            Region = entry.Region,
            Goal = goal,
            GoalType = type,
            GoalArn = arn,
            GoalAccountId = accountId,
            Conditions = string.Join("; ", conditions),
            Cut = steps[cut].Cut,
            CutStep = cut + 1,
            // A list that PowerShell can index, from its end too.
            Steps = new PrintedList<PosturePathStep>(new PathStepView(steps, origin, goal)),
        };
    }

    // From the Internet to administrator it is critical; one less for each that softens it.
    private static Severity SeverityOf(PathEntry entry, string type, int escalations, bool isCertain, bool isMerelyReached)
    {
        var softer = (entry.IsOpenToAll ? 0 : 1) + (type == Administrator ? 0 : 1) + (isCertain ? 0 : 1) + (escalations > Near ? 1 : 0) + (isMerelyReached ? 1 : 0);
        return (Severity)Math.Max((int)Severity.Low, (int)Severity.Critical - softer);
    }
}
