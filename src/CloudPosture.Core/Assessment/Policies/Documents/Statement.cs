using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>A statement of a policy document.</summary>
internal sealed record Statement
{
    private PatternSet? _actions;
    private PatternSet? _resources;

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

    /// <summary>Action, or NotAction where <see cref="ExceptsActions"/>; their patterns are in lower case.</summary>
    public IReadOnlyList<TextPattern> Actions { get; init; } = [];

    /// <summary>True for NotAction.</summary>
    public bool ExceptsActions { get; init; }

    /// <summary>Resource, or NotResource where <see cref="ExceptsResources"/>; everything where the statement has neither, as in trust policies.</summary>
    public IReadOnlyList<TextPattern> Resources { get; init; } = [];

    /// <summary>True for NotResource.</summary>
    public bool ExceptsResources { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>How people find it in the document.</summary>
    public string Label => Sid is { Length: > 0 } ? $"statement {Sid}" : $"statement {Number}";

    /// <summary>The action patterns, ready to match.</summary>
    public PatternSet ActionPatterns => _actions ??= new PatternSet(Actions.Select(action => action.Resolve(NoVariables.Instance, wanted: false)).OfType<Glob>());

    /// <summary>Whether the statement is about an action.</summary>
    /// <param name="action">The action in lower case.</param>
    public bool IsAboutAction(string action) => ActionPatterns.Matches(action) != ExceptsActions;

    /// <summary>Whether what it is about hangs on a policy variable.</summary>
    public bool HasResourceVariables => Resources.Any(resource => resource.HasVariables);

    /// <summary>The resource patterns for requests with these variables.</summary>
    /// <param name="variables">What variables stand for.</param>
    /// <param name="wanted">Whether it is looked for that the statement applies.</param>
    public PatternSet ResourcePatterns(IVariables variables, bool wanted) =>
        HasResourceVariables ? Resolved(variables, wanted) : _resources ??= Resolved(variables, wanted);

    // A statement is looked up as the one that it is: what it has worked out already is no part of it.
    public bool Equals(Statement? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    private PatternSet Resolved(IVariables variables, bool wanted) =>
        new(Resources.Select(resource => resource.Resolve(variables, wanted != ExceptsResources)).OfType<Glob>());
}
