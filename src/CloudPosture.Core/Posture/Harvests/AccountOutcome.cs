using CloudPosture.Harvest.Accounts;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.Posture.Harvests;

/// <summary>How an account was read, and what its findings say.</summary>
/// <param name="Harvest">How it was read. Where a connection could not be used and nobody knows which account it leads to, there is no account id and no harvest.</param>
/// <param name="Findings">Its findings; none where it was not assessed.</param>
public sealed record AccountOutcome(AccountSummary Harvest, FindingCounts Findings);
