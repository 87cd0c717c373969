using CloudPosture.Harvest.Pacing;

namespace CloudPosture.Harvest.Accounts;

/// <summary>What the services of an account share.</summary>
/// <param name="Harvest">What the accounts of the harvest share.</param>
/// <param name="Target">The account.</param>
/// <param name="Shared">What other harvests of this process share with this one.</param>
/// <param name="Session">Its session with AWS.</param>
/// <param name="Calls">Whose calls are in flight.</param>
internal sealed record AccountContext(HarvestContext Harvest, AccountTarget Target, SharedAccount Shared, SessionRenewal Session, CallTurn Calls);
