namespace CloudPosture.Graph.Network.Addresses;

/// <summary>The version of the Internet Protocol.</summary>
internal enum AddressFamily : byte
{
    /// <summary>32-bit addresses.</summary>
    Ipv4,

    /// <summary>128-bit addresses.</summary>
    Ipv6,
}
