using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>A statement of a policy document.</summary>
internal sealed record Statement
{
    /// <summary>Its place in the document, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its name; null where it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>Allow, or else Deny.</summary>
    public required bool IsAllow { get; init; }

    /// <summary>Principal, or NotPrincipal where <see cref="ExceptsPrincipals"/>; empty in identity policies.</summary>
    public IReadOnlyList<Principal> Principals { get; init; } = [];

    /// <summary>True for NotPrincipal.</summary>
    public bool ExceptsPrincipals { get; init; }

    /// <summary>Action, or NotAction where <see cref="ExceptsActions"/>.</summary>
    public IReadOnlyList<Wildcard> Actions { get; init; } = [];

    /// <summary>True for NotAction.</summary>
    public bool ExceptsActions { get; init; }

    /// <summary>Resource, or NotResource where <see cref="ExceptsResources"/>; everything where the statement has neither, as in trust policies.</summary>
    public IReadOnlyList<Wildcard> Resources { get; init; } = [];

    /// <summary>True for NotResource.</summary>
    public bool ExceptsResources { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>How people find it in the document.</summary>
    public string Label => Sid is { Length: > 0 } ? $"statement {Sid}" : $"statement {Number}";

    /// <summary>Whether the statement is about everything that the action pattern matches.</summary>
    public bool CoversAction(Wildcard action) => ExceptsActions
        ? !Actions.Any(excepted => excepted.Overlaps(action))
        : Actions.Any(pattern => pattern.Covers(action));

    /// <summary>Whether the statement is about everything that the resource pattern matches.</summary>
    public bool CoversResource(Wildcard resource) => ExceptsResources
        ? !Resources.Any(excepted => excepted.Overlaps(resource))
        : Resources.Any(pattern => pattern.Covers(resource));
}
