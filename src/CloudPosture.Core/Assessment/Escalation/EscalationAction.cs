using System.Collections.Generic;

namespace CloudPosture.Assessment.Escalation;

/// <summary>An action that a method needs.</summary>
/// <param name="Name">The action as AWS spells it; <c>*</c> stands for every action that fits.</param>
/// <param name="On">What it is on.</param>
/// <param name="Pattern">The pattern of the resource's ARN, with <c>{partition}</c>, <c>{region}</c> and <c>{account}</c>; null where it is none.</param>
internal sealed record EscalationAction(string Name, EscalationObject On, string? Pattern)
{
    /// <summary>The services of which one is given the role, and must be trusted by it; none where no role is passed.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Condition keys whose value the actor chooses.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> With { get; init; } = [];

    public string Service => Name.Substring(0, Name.IndexOf(':'));

    public bool IsAssumption => Name == "sts:AssumeRole" && On == EscalationObject.Role;

    public bool IsTrustChange => Name == "iam:UpdateAssumeRolePolicy";
}
