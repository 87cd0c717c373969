using System.Collections.Generic;

namespace CloudPosture.Findings.Differences;

/// <summary>What of an account could not be compared, because only one of two moments looked at it.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="Services">The catalog's names of the services; empty for the whole account.</param>
/// <param name="IsOnlyBefore">Whether it was the earlier moment that did; else it was the later.</param>
public sealed record UncomparedPart(string AccountId, IReadOnlyList<string> Services, bool IsOnlyBefore);
