using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>What one harvest's journals hold of an account: the account itself where it was recorded, and what is committed of it.</summary>
internal sealed record AccountEntries(HarvestedAccount? Account, IReadOnlyList<ServiceCommit> Commits);
