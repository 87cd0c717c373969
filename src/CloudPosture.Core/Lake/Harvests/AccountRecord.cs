using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake.Harvests;

/// <summary>How one harvest came along with an account.</summary>
/// <param name="Harvest">The harvest.</param>
/// <param name="Account">The account as it was last recorded there.</param>
/// <param name="Committed">The services that it read to their end there.</param>
internal sealed record AccountRecord(HarvestInfo Harvest, HarvestedAccount Account, IReadOnlyCollection<string> Committed)
{
    /// <summary>When it was recorded, in UTC.</summary>
    public DateTimeOffset At => Account.RecordedAt ?? Harvest.StartedAt;

    /// <summary>Whether the harvest set out to read a service and ended before, for a reason that it tells.</summary>
    public bool FailedBefore(string service) =>
        Account.Failure is not null && Harvest.Services.Contains(service) && !Committed.Contains(service) && !Account.Fresh.Contains(service);
}
