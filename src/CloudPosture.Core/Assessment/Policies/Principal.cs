using System;

namespace CloudPosture.Assessment.Policies;

/// <summary>One principal of a statement.</summary>
/// <param name="Kind">What sort it is.</param>
/// <param name="Value">As the policy writes it.</param>
internal sealed record Principal(PrincipalKind Kind, string Value)
{
    /// <summary>The principal <c>*</c>.</summary>
    public static readonly Principal Everyone = new(PrincipalKind.Everyone, "*");

    /// <summary>The account that an AWS principal belongs to; null where the policy does not say.</summary>
    public string? AccountId => Kind != PrincipalKind.Aws ? null
        : Arn.IsAccountId(Value) ? Value
        : Arn.AccountOf(Value);

    /// <summary>True where the principal stands for its whole account.</summary>
    public bool IsWholeAccount => Arn.IsAccountId(Value) || Value.EndsWith(":root", StringComparison.Ordinal);

    public static Principal Aws(string value) => value == "*" ? Everyone : new Principal(PrincipalKind.Aws, value);

    /// <summary>Whether a Deny for this principal meets the other too.</summary>
    public bool Includes(Principal other) => Kind == PrincipalKind.Everyone
        || this == other
        || (Kind == PrincipalKind.Aws && IsWholeAccount && AccountId is { } account && account == other.AccountId);
}
