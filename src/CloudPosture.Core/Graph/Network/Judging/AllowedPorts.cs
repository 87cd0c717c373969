using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Ports that fare alike, and who gets to them.</summary>
/// <param name="Ports">The ports.</param>
/// <param name="Allowed">The sources that are let through.</param>
/// <param name="By">What lets them through, where it matters (a security group).</param>
internal sealed record AllowedPorts(PortRange Ports, AddressSet Allowed, string By = "");
