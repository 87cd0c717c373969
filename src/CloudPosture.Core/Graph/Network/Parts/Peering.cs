namespace CloudPosture.Graph.Network.Parts;

/// <summary>A peering connection.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="RequesterVpcId">The one VPC.</param>
/// <param name="AccepterVpcId">The other.</param>
/// <param name="IsActive">Whether traffic may pass.</param>
internal sealed record Peering(string Id, string AccountId, string Region, string RequesterVpcId, string AccepterVpcId, bool IsActive) : NetworkPart(Id, AccountId, Region)
{
    public bool Joins(string one, string other) => (RequesterVpcId == one && AccepterVpcId == other) || (RequesterVpcId == other && AccepterVpcId == one);
}
