using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>A port that the Internet can reach.</summary>
/// <param name="Protocol">The protocol's number.</param>
/// <param name="Port">The port.</param>
/// <param name="Cidrs">The sources that are let in.</param>
internal sealed record OpenPort(int Protocol, int Port, string Cidrs)
{
    public override string ToString() => $"{(Protocol == IngressRules.Tcp ? "tcp" : Protocol == IngressRules.Udp ? "udp" : $"protocol {Protocol}")} {Port} is open to {Cidrs}";
}
