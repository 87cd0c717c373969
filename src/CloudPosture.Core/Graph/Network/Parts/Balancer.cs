using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A load balancer of any kind.</summary>
internal sealed record Balancer
{
    public required string Type { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The name by which its interfaces know it: <c>app/name/id</c>, or a classic one's name.</summary>
    public required string Key { get; init; }

    /// <summary>Its name in the DNS, in lower case.</summary>
    public required string DnsName { get; init; }

    public required bool IsInternetFacing { get; init; }

    public required bool HasIpv6 { get; init; }

    /// <summary>True where it passes packets on as they are (network and gateway load balancers).</summary>
    public required bool KeepsSource { get; init; }

    public required IReadOnlyList<string> SubnetIds { get; init; }

    /// <summary>Its security groups; null where it has none, so that all packets pass.</summary>
    public required IReadOnlyList<string>? GroupIds { get; init; }

    public required IReadOnlyList<Forward> Forwards { get; init; }
}
