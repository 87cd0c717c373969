using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A route table.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Routes">Its routes, in no order.</param>
internal sealed record RouteTable(string Id, string AccountId, string Region, string VpcId, IReadOnlyList<Route> Routes) : NetworkPart(Id, AccountId, Region);
