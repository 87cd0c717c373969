using System.Collections.Generic;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>A rule of a security group or a network ACL.</summary>
/// <param name="Allows">Allow, or else deny.</param>
/// <param name="Protocol">The protocol's number; -1 for all.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Cidrs">The networks, of both families.</param>
/// <param name="PrefixListIds">Prefix lists that are sources too.</param>
internal sealed record IngressRule(bool Allows, int Protocol, PortRange Ports, IReadOnlyList<string> Cidrs, IReadOnlyList<string> PrefixListIds)
{
    private const int AllProtocols = -1;

    /// <summary>Security groups whose members are sources too.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    public bool IsAbout(int protocol, int port) => Protocol == AllProtocols || (Protocol == protocol && Ports.Contains(port));
}
