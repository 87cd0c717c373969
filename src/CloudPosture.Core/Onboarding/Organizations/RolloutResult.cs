using System.Collections.Generic;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>What became of a rollout.</summary>
/// <param name="Accounts">What became of the role in each account.</param>
/// <param name="Failure">Why an operation of the StackSet failed as a whole, so that accounts may be missing; null where none did.</param>
public sealed record RolloutResult(IReadOnlyList<AccountRollout> Accounts, RolloutException? Failure);
