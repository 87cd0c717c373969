using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Catalog;

namespace CloudPosture.Harvest;

/// <summary>Which services of which accounts the lake holds in an age that will do.</summary>
internal sealed class FreshServices
{
    private readonly Dictionary<(string Account, string Service), (DateTimeOffset At, HashSet<string> Regions)> _latest = [];
    private readonly HarvestRequest _request;
    private readonly DateTimeOffset _now;

    public FreshServices(HarvestRequest request, DateTimeOffset now)
    {
        _request = request;
        _now = now;
        if (request.MaxAge is null && !request.Incremental)
        {
            return;
        }

        foreach (var harvest in request.Lake.Harvests())
        {
            foreach (var commit in harvest.Commits)
            {
                var key = (commit.AccountId, commit.Service);
                if (!_latest.TryGetValue(key, out var known) || known.At < commit.HarvestedAt)
                {
                    _latest[key] = (commit.HarvestedAt, new(harvest.Accounts.TryGetValue(commit.AccountId, out var account) ? account.Regions : [], StringComparer.Ordinal));
                }
            }
        }
    }

    /// <summary>Whether a service was read recently enough, in all of the Regions.</summary>
    public bool Has(string accountId, ServiceEntry service, IReadOnlyList<string> regions) =>
        _latest.TryGetValue((accountId, service.Name), out var known)
        && _now - known.At <= (_request.MaxAge ?? service.Interval)
        && (service.Resources.All(resource => resource.IsGlobal) || regions.All(known.Regions.Contains));
}
