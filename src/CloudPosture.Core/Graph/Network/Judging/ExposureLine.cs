using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Writes what becomes of packets as an exposure.</summary>
internal static class ExposureLine
{
    /// <summary>The exposure of a door.</summary>
    /// <param name="door">The door.</param>
    /// <param name="family">The family of addresses.</param>
    /// <param name="fate">What becomes of packets to it.</param>
    /// <param name="from">Where they come from.</param>
    /// <param name="before">What they went through before they were sent here: a load balancer and what led to it.</param>
    /// <param name="via">The load balancer; null for none.</param>
    public static PostureExposure Of(Door door, AddressFamily family, PortFate fate, string from, IEnumerable<string>? before = null, string? via = null)
    {
        var first = fate.Hurdles.FirstOrDefault(hurdle => !hurdle.IsUnknown) ?? fate.Hurdles.FirstOrDefault();
        return new PostureExposure
        {
            Degree = fate.Degree,
            ResourceType = door.ResourceType,
            ResourceId = door.ResourceId,
            ResourceArn = door.ResourceArn,
            AccountId = door.AccountId,
            Region = door.Region,
            From = from,
            InterfaceId = door.InterfaceId ?? "",
            Address = (via is not null ? null : family == AddressFamily.Ipv4 ? door.PublicAddress : door.Ipv6Address) ?? "",
            Family = family == AddressFamily.Ipv4 ? "IPv4" : "IPv6",
            Protocol = Name(fate.Protocol),
            Ports = fate.Ports.ToString(),
            Via = via ?? "",
            Path = string.Join(PostureExposure.Step, PathOf(door, fate, from, before)),
            StoppedBy = first?.Kind ?? ExposureStop.None,
            StoppedAt = first?.At ?? "",
            Reason = first?.Why ?? "",
            IsOnlyStop = fate.Hurdles.Count == 1 && !fate.Hurdles[0].IsUnknown,
            Stops = string.Join("; ", fate.Hurdles.Select(hurdle => hurdle.Why)),
            Sources = fate.Sources.ToText(family),
        };
    }

    private static IEnumerable<string> PathOf(Door door, PortFate fate, string from, IEnumerable<string>? before)
    {
        IEnumerable<string> ends = door.InterfaceId is null || door.InterfaceId == door.ResourceId ? [door.ResourceId] : [door.InterfaceId, door.ResourceId];
        return (before ?? [from]).Concat(fate.Steps).Concat(ends);
    }

    private static string Name(int protocol) => protocol switch { IngressRules.Tcp => "tcp", IngressRules.Udp => "udp", _ => "all" };
}
