using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Content.Cases;

/// <summary>Something a rule must judge rightly: a resource that differs from its type's base by a patch, and what lies around it.</summary>
internal sealed record RuleCase
{
    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>What it must say.</summary>
    public required CaseVerdict Verdict { get; init; }

    /// <summary>Why a careless rule would say otherwise; null for a plain case.</summary>
    public string? Why { get; init; }

    /// <summary>What differs from the base.</summary>
    public required JsonObject Patch { get; init; }

    /// <summary>What could not be read: fields of the resource, <c>*</c> for all resources of its type, or other types.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Other resources of the account, by type: each a patch of its own.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<JsonObject>>> With { get; init; } = [];

    /// <summary>The rule's settings, where they differ from the defaults.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The Region; null for the usual one.</summary>
    public string? Region { get; init; }

    /// <summary>True where the account manages an organization.</summary>
    public bool IsManagementAccount { get; init; }

    /// <summary>Tags that the record has beside those of its configuration.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The file's path.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1.</summary>
    public required long Line { get; init; }
}
