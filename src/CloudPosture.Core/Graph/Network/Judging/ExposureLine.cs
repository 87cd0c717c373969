using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Writes what becomes of packets as an exposure.</summary>
internal static class ExposureLine
{
    /// <summary>The exposure of an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="family">The family of addresses.</param>
    /// <param name="outcome">What becomes of packets to it.</param>
    /// <param name="from">Where they come from.</param>
    /// <param name="before">What they went through before they were sent here: a load balancer and what led to it.</param>
    /// <param name="via">The load balancer; null for none.</param>
    public static PostureExposure Of(NetworkEndpoint endpoint, AddressFamily family, PortReachability outcome, string from, IEnumerable<string>? before = null, string? via = null)
    {
        var first = outcome.Blockers.FirstOrDefault(blocker => !blocker.IsUnknown) ?? outcome.Blockers.FirstOrDefault();
        return new PostureExposure
        {
            Degree = outcome.Degree,
            ResourceType = endpoint.ResourceType,
            ResourceId = endpoint.ResourceId,
            ResourceArn = endpoint.ResourceArn,
            AccountId = endpoint.AccountId,
            Region = endpoint.Region,
            From = from,
            InterfaceId = endpoint.InterfaceId ?? "",
            Address = (via is not null ? null : family == AddressFamily.Ipv4 ? endpoint.PublicAddress : endpoint.Ipv6Address) ?? "",
            Family = family == AddressFamily.Ipv4 ? "IPv4" : "IPv6",
            Protocol = Name(outcome.Protocol),
            Ports = outcome.Ports.ToString(),
            Via = via ?? "",
            Path = string.Join(PostureExposure.Step, PathOf(endpoint, outcome, from, before)),
            StoppedBy = first?.Kind ?? ExposureStop.None,
            StoppedAt = first?.At ?? "",
            Reason = first?.Why ?? "",
            IsOnlyStop = outcome.Blockers.Count == 1 && !outcome.Blockers[0].IsUnknown,
            Stops = string.Join("; ", outcome.Blockers.Select(blocker => blocker.Why)),
            Sources = outcome.Sources.ToText(family),
        };
    }

    private static IEnumerable<string> PathOf(NetworkEndpoint endpoint, PortReachability outcome, string from, IEnumerable<string>? before)
    {
        IEnumerable<string> ends = endpoint.InterfaceId is null || endpoint.InterfaceId == endpoint.ResourceId ? [endpoint.ResourceId] : [endpoint.InterfaceId, endpoint.ResourceId];
        return (before ?? [from]).Concat(outcome.Steps).Concat(ends);
    }

    private static string Name(int protocol) => protocol switch { IngressRules.Tcp => "tcp", IngressRules.Udp => "udp", _ => "all" };
}
