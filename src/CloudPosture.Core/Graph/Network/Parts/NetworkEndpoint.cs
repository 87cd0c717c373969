using System.Collections.Generic;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>Where packets may come in: a network interface, or what a service says of one that it keeps to itself.</summary>
internal sealed record NetworkEndpoint
{
    /// <summary>The type of what is behind it.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The id of what is behind it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The ARN of what is behind it.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>The account of what is behind it.</summary>
    public required string AccountId { get; init; }

    /// <summary>The Region.</summary>
    public required string Region { get; init; }

    /// <summary>The interface's id; null where the service does not show it.</summary>
    public string? InterfaceId { get; init; }

    /// <summary>The subnet.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The security groups; null where packets pass none.</summary>
    public IReadOnlyList<string>? GroupIds { get; init; }

    /// <summary>Whether it has a public address of IPv4; null where that is not known.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>The public address of IPv4, where it is known.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Whether addresses of IPv6 lead to it.</summary>
    public bool HasIpv6 { get; init; }

    /// <summary>One of its addresses of IPv6, where it is known.</summary>
    public string? Ipv6Address { get; init; }

    /// <summary>What AWS calls the kind of interface.</summary>
    public string Kind { get; init; } = "interface";

    /// <summary>Its private addresses of IPv4.</summary>
    public IReadOnlyList<Address> PrivateAddresses { get; init; } = [];

    /// <summary>The ports it listens on; null where that is its own business.</summary>
    public IReadOnlyList<Listener>? Listeners { get; init; }

    /// <summary>Why nothing behind it answers (<c>the instance is stopped</c>); null where something may.</summary>
    public string? Silence { get; init; }
}
