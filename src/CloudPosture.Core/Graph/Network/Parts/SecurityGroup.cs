using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A security group.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Inbound">What it lets in.</param>
internal sealed record SecurityGroup(string Id, string AccountId, string Region, IReadOnlyList<FlowRule> Inbound) : NetworkPart(Id, AccountId, Region);
