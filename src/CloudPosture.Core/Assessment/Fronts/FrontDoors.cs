using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies;
using CloudPosture.Graph;
using CloudPosture.Graph.Network;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>
/// Follows what the Internet asks of distributions and APIs to what stands behind them. Resources stream by; of each only what may be
/// asked, or may stand behind, is kept.
/// </summary>
/// <param name="ownerOf">Whose the resources of an account are.</param>
internal sealed class FrontDoors(Func<string, Owner> ownerOf)
{
    private readonly FrontBackends _backends = new();
    private readonly FrontNames _names = new();
    private readonly List<Front> _fronts = [];
    private IReadOnlyList<Front>? _all;

    /// <summary>The types that are looked at.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. FrontReader.Types, .. FrontBackends.Types, FrontNames.DomainName];

    /// <summary>What is in front, once all resources were added.</summary>
    public IReadOnlyList<Front> All => _all ??= [.. _fronts.Select(_names.Named)];

    /// <summary>Takes a resource.</summary>
    public void Add(Resource resource)
    {
        _all = null;
        _backends.Add(resource);
        if (resource.Type == FrontNames.DomainName)
        {
            _names.Add(resource);
        }
        else if (FrontReader.Of(resource, ownerOf) is { } front)
        {
            _fronts.Add(front);
        }
    }

    /// <summary>What stands behind, once all resources were added: for each thing the best way by each front.</summary>
    /// <param name="model">The networks.</param>
    /// <param name="open">What everyone may reach of buckets and functions by themselves.</param>
    public IEnumerable<PostureExposure> Behind(NetworkModel model, IEnumerable<PostureExposure> open)
    {
        if (_fronts.Count == 0)
        {
            return [];
        }

        var walk = new FrontWalk(_backends, All, new FrontedTargets(model), open.Where(line => line.Degree is ExposureDegree.Reachable or ExposureDegree.Unknown));
        return All.SelectMany(front => walk.From(front)
            .GroupBy(line => (line.ResourceArn, line.Ports, line.Via))
            .Select(lines => lines.OrderBy(Rank).First()));
    }

    private static int Rank(PostureExposure line) => line.Degree switch { ExposureDegree.Reachable => 0, ExposureDegree.Unknown => 1, ExposureDegree.Stopped => 2, _ => 3 };
}
