using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Graph;

namespace CloudPosture.Assessment.Paths;

/// <summary>Writes the steps of paths, each with what would cut it and what that would cost.</summary>
internal static class PathSteps
{
    private const int Nothing = 1;
    private const int Little = 2;
    private const int Work = 3;
    private const int Service = 4;
    private const char PathMark = '>';
    private static readonly ConditionalWeakTable<Step, PosturePathStep> Told = new();
    private static readonly HashSet<string> AdminPorts = new(["22", "23", "135", "445", "3389", "5900", "5985", "5986"], StringComparer.Ordinal);

    /// <summary>Packets or requests that reach a thing.</summary>
    /// <param name="label">The thing.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="lines">How it is reached; one or more.</param>
    public static PosturePathStep Reach(string label, string arn, IReadOnlyList<ReachedLine> lines)
    {
        var first = lines[0];
        var isNetwork = first.IsNetwork;
        var method = string.Join(", ", lines.Select(line => line.Method).Distinct(StringComparer.Ordinal));
        var isForAdmins = isNetwork && lines.All(line => AdminPorts.Contains(line.Ports));
        return new PosturePathStep
        {
            Kind = isNetwork ? PathStepKind.Network : PathStepKind.Request,
            From = first.From,
            To = label,
            ToArn = arn,
            Method = method,
            Title = isNetwork ? $"Reach {method}" : $"Be answered by {first.Protocol}",
            Through = first.Path,
            Conditions = Unread(lines),
            Cut = isNetwork ? $"Close {method} to {first.From} at {GuardOf(first)}" : first.Via.Length > 0 ? $"Let {first.Via} ask for credentials before it asks {label}" : $"Let {first.Protocol} of {label} ask for credentials",
            CutCost = isForAdmins ? Nothing : lines.Count > 1 || first.Via.Length > 0 || !isNetwork ? Service : Work,
        };
    }

    /// <summary>What hangs on something that was not read, where that is so of what reaches a thing; else empty.</summary>
    public static string Unread(IEnumerable<ReachedLine> lines) => lines.Select(line => line.Unread).FirstOrDefault(unread => unread.Length > 0) ?? "";

    /// <summary>What an exposure hangs on that was not read.</summary>
    public static string Unread(PostureExposure line) => $"{line.From} reaches {line.ResourceId}, which could not be judged: {line.Reason}";

    /// <summary>A thing that works with a role.</summary>
    public static PosturePathStep ActAs(string label, string arn, Identity role) => new()
    {
        Kind = PathStepKind.Role,
        From = label,
        FromArn = arn,
        To = ThingLabel.Of(role),
        ToArn = role.Arn,
        Method = "acts-as",
        Title = "Act as the role that it works with",
        Cut = $"Give {label} a role that may do no more than it needs, in place of {ThingLabel.Of(role)}",
        CutCost = Work,
    };

    /// <summary>A step to more rights. Many paths may share it, and so what is said of it.</summary>
    public static PosturePathStep Escalate(Step step) => Told.GetValue(step, Telling);

    private static PosturePathStep Telling(Step step)
    {
        var actions = step.Judgement.Actions;
        var key = actions.FirstOrDefault(action => action.Action.StartsWith("iam:", StringComparison.Ordinal)) ?? actions.FirstOrDefault();
        return new PosturePathStep
        {
            Kind = PathStepKind.Escalation,
            From = ThingLabel.Of(step.From),
            FromArn = step.From.Arn,
            To = ThingLabel.Of(step.To),
            ToArn = step.To.Arn,
            Method = step.Method.Id,
            Title = step.Method.Title,
            Through = step.Through ?? "",
            Actions = Names(actions),
            Statements = Reasons(actions),
            Conditions = string.Join("; ", step.Judgement.Conditions),
            Cut = key is null ? $"Make {ThingLabel.Of(step.From)} no administrator" : Take(step.From, key),
            CutCost = key is null ? Service : key.Action == "sts:AssumeRole" ? Little : Nothing,
        };
    }

    /// <summary>Somebody who may read data.</summary>
    public static PosturePathStep Read(Identity reader, string label, string arn, PartJudgement judgement) => new()
    {
        Kind = PathStepKind.Data,
        From = ThingLabel.Of(reader),
        FromArn = reader.Arn,
        To = label,
        ToArn = arn,
        Method = "read",
        Title = "Read the data",
        Actions = Names(judgement.Actions),
        Statements = Reasons(judgement.Actions),
        Conditions = string.Join("; ", judgement.Conditions),
        Cut = judgement.Actions.Count == 0 ? $"Keep everyone from becoming {ThingLabel.Of(reader)}" : Take(reader, judgement.Actions[0]),
        CutCost = judgement.Actions.Count == 0 ? Service : Little,
    };

    private static string Take(Identity from, StepAction action) =>
        $"Take {action.Action} on {action.Resource} from {ThingLabel.Of(from)}{(action.DecidedBy.Count == 0 ? "" : $": {string.Join(", ", action.DecidedBy)}")}";

    private static string Names(IEnumerable<StepAction> actions) => string.Join("; ", actions.Select(action => $"{action.Action} on {action.Resource}"));

    private static string Reasons(IEnumerable<StepAction> actions) => string.Join("; ", actions.SelectMany(action => action.DecidedBy).Distinct(StringComparer.Ordinal));

    // The last security group that packets passed is the closest to the thing; else whatever stands before it.
    private static string GuardOf(ReachedLine line)
    {
        var parts = line.Path.Split(PathMark).Select(part => part.Trim()).ToList();
        return parts.LastOrDefault(part => part.StartsWith("sg-", StringComparison.Ordinal)) ?? (line.Via.Length > 0 ? line.Via : line.Id);
    }
}
