using System.Collections.Generic;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>What was counted for a part of all accounts: piped on, it means these accounts.</summary>
internal interface IPlaced
{
    /// <summary>The accounts, 12 digits each; null for all.</summary>
    IReadOnlyList<string>? Accounts { get; }
}
