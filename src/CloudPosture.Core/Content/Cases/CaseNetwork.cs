namespace CloudPosture.Content.Cases;

/// <summary>A network that is there already, for resources that need one to stand in.</summary>
/// <param name="Vpc">The VPC's id.</param>
/// <param name="Subnet">The id of a subnet without a route to the Internet.</param>
/// <param name="OtherSubnet">The id of another such subnet, in another zone.</param>
/// <param name="Group">The id of a security group that lets nobody in from outside.</param>
internal sealed record CaseNetwork(string Vpc, string Subnet, string OtherSubnet, string Group);
