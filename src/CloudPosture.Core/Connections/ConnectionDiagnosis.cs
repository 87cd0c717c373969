using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Connections;

/// <summary>What testing a connection found.</summary>
public sealed record ConnectionDiagnosis
{
    /// <summary>The connection's name.</summary>
    public required string ConnectionName { get; init; }

    /// <summary>The account reached; null where none was.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ARN of the identity reached; null where none was.</summary>
    public string? Identity { get; init; }

    /// <summary>True where no check failed.</summary>
    public bool Passed => Checks.All(check => check.Status != CheckStatus.Failed);

    /// <summary>The IAM actions that were found denied, sorted.</summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];

    /// <summary>Everything tried, in order.</summary>
    public required IReadOnlyList<ConnectionCheck> Checks { get; init; }
}
