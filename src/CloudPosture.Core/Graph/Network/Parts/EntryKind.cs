namespace CloudPosture.Graph.Network.Parts;

/// <summary>How packets of an origin come to a VPC.</summary>
internal enum EntryKind : byte
{
    /// <summary>Through an internet gateway.</summary>
    Gateway,

    /// <summary>Through what routes lead to: the VPC itself, peering connections, transit gateways, private gateways.</summary>
    Inside,

    /// <summary>By a load balancer, which takes the answers back.</summary>
    Balancer,
}
