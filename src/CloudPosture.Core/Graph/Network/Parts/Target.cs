namespace CloudPosture.Graph.Network.Parts;

/// <summary>A target of a load balancer.</summary>
/// <param name="Id">An instance's id, an address, or an ARN.</param>
/// <param name="Port">The port there; null where it is a function.</param>
internal readonly record struct Target(string Id, int? Port);
