namespace CloudPosture.Onboarding.Organizations;

/// <summary>How far a rollout is.</summary>
/// <param name="Status">CloudFormation's status of the operation (<c>QUEUED</c>, <c>RUNNING</c>).</param>
/// <param name="Done">Accounts that are finished.</param>
/// <param name="Total">Accounts that are known to be reached; 0 while CloudFormation still finds them.</param>
public sealed record RolloutProgress(string Status, int Done, int Total);
