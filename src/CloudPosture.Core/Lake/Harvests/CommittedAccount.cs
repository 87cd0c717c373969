using System;
using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>Which services of an account are committed, and where its files end.</summary>
internal sealed class CommittedAccount
{
    /// <summary>True for those that were not read to their end.</summary>
    public Dictionary<string, bool> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>The services that are left out, because they were read recently enough.</summary>
    public IReadOnlyList<string> Fresh { get; set; } = [];

    /// <summary>Held while something is appended to the account's files.</summary>
    public object Files { get; } = new();

    public long ResourcesEnd { get; set; }

    public long GapsEnd { get; set; }

    /// <summary>Whether something was written of it that the disk was not waited for yet.</summary>
    public bool IsPending { get; set; }
}
