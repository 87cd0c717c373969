using System.Collections.Generic;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Accounts;

/// <summary>An account as it is going to be read.</summary>
/// <param name="Account">The account and its Regions.</param>
/// <param name="HomeRegion">Where the services without Regions are asked.</param>
/// <param name="DisabledRegions">Those of the Regions that the account has not enabled.</param>
internal sealed record AccountPlan(HarvestedAccount Account, string HomeRegion, IReadOnlyCollection<string> DisabledRegions);
