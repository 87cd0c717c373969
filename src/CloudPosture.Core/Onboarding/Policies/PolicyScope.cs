using System.Collections.Generic;

namespace CloudPosture.Onboarding.Policies;

/// <summary>What a least-privilege policy has to cover.</summary>
public sealed record PolicyScope
{
    /// <summary>The catalog's services (<c>s3</c>); null for all.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>AWS's own detectors whose findings are to be read too (<c>GuardDuty</c>): what they need is in no policy unless it is asked for.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>True to cover the reading of an account's events, which is in no policy unless it is asked for.</summary>
    public bool IncludeEvents { get; init; }

    /// <summary>The rules to name beside each action.</summary>
    public IReadOnlyCollection<RuleNeed> Rules { get; init; } = [];

    /// <summary>True to cover only the resource types that <see cref="Rules"/> read.</summary>
    public bool OnlyForRules { get; init; }
}
