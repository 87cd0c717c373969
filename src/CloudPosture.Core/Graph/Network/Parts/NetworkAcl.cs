using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A network ACL, its rules in the order in which they are asked.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Inbound">What it says of packets to its subnets.</param>
/// <param name="Outbound">What it says of packets from them.</param>
internal sealed record NetworkAcl(string Id, string AccountId, string Region, IReadOnlyList<FlowRule> Inbound, IReadOnlyList<FlowRule> Outbound) : NetworkPart(Id, AccountId, Region);
