using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>What becomes of packets to some ports of a door.</summary>
/// <param name="Protocol">The protocol's number; -1 for all.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Hurdles">What stops them, in the order in which they meet it; empty where they get through.</param>
/// <param name="Sources">The sources that get through.</param>
/// <param name="Steps">What they go through.</param>
internal sealed record PortFate(int Protocol, PortRange Ports, IReadOnlyList<Hurdle> Hurdles, AddressSet Sources, IReadOnlyList<string> Steps)
{
    public bool IsReachable => Hurdles.Count == 0;

    public ExposureDegree Degree =>
        Hurdles.Count == 0 ? ExposureDegree.Reachable
        : Hurdles.All(hurdle => hurdle.IsUnknown) ? ExposureDegree.Unknown
        : Hurdles.Any(hurdle => !hurdle.IsUnknown && hurdle.Kind is ExposureStop.SecurityGroup or ExposureStop.PrefixList) ? ExposureDegree.Closed
        : ExposureDegree.Stopped;

    /// <summary>Whether the ports next to these fare the same.</summary>
    public bool Continues(PortFate other) =>
        Protocol == other.Protocol && other.Ports.Last + 1 == Ports.First && Hurdles.SequenceEqual(other.Hurdles) && Steps.SequenceEqual(other.Steps) && Sources.SetEquals(other.Sources);
}
