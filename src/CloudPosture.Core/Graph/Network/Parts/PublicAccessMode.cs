namespace CloudPosture.Graph.Network.Parts;

/// <summary>What VPC Block Public Access lets internet gateways do, least first.</summary>
internal enum PublicAccessMode : byte
{
    /// <summary>It could not be read.</summary>
    Unknown,

    /// <summary>Everything: it is off, or an exclusion allows both directions.</summary>
    Open,

    /// <summary>Connections from inside alone.</summary>
    OutboundOnly,

    /// <summary>Nothing.</summary>
    Blocked,
}
