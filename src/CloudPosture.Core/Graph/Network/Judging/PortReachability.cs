using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>What becomes of packets to some ports of an endpoint.</summary>
/// <param name="Protocol">The protocol's number; -1 for all.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Blockers">What stops them, in the order in which they meet it; empty where they get through.</param>
/// <param name="Sources">The sources that get through.</param>
/// <param name="Steps">What they go through.</param>
internal sealed record PortReachability(int Protocol, PortRange Ports, IReadOnlyList<Blocker> Blockers, AddressSet Sources, IReadOnlyList<string> Steps)
{
    public bool IsReachable => Blockers.Count == 0;

    public ExposureDegree Degree =>
        Blockers.Count == 0 ? ExposureDegree.Reachable
        : Blockers.All(blocker => blocker.IsUnknown) ? ExposureDegree.Unknown
        : Blockers.Any(blocker => !blocker.IsUnknown && blocker.Kind is ExposureStop.SecurityGroup or ExposureStop.PrefixList) ? ExposureDegree.Closed
        : ExposureDegree.Stopped;

    /// <summary>Whether the ports next to these fare the same.</summary>
    public bool Continues(PortReachability other) =>
        Protocol == other.Protocol && other.Ports.Last + 1 == Ports.First && Blockers.SequenceEqual(other.Blockers) && Steps.SequenceEqual(other.Steps) && Sources.SetEquals(other.Sources);
}
