using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>One message to a receiver.</summary>
public sealed record AlertMessage
{
    /// <summary>The same whenever the same is told again, so that a receiver can leave out what it has: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it is made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it tells.</summary>
    public required AlertDigest Digest { get; init; }

    /// <summary>Each finding, for receivers that take them all; else empty.</summary>
    public IReadOnlyList<(Finding Finding, AlertReason Reason)> Findings { get; init; } = [];
}
