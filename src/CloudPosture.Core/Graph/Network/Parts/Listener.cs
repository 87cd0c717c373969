namespace CloudPosture.Graph.Network.Parts;

/// <summary>A port that something listens on.</summary>
/// <param name="Protocol">The protocol's number.</param>
/// <param name="Port">The port.</param>
internal readonly record struct Listener(int Protocol, int Port);
