namespace CloudPosture.Graph.Network.Parts;

/// <summary>What every part of a network has.</summary>
/// <param name="Id">The id, which EC2 gives once.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
internal abstract record NetworkPart(string Id, string AccountId, string Region);
