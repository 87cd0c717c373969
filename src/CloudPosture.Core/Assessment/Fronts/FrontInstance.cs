namespace CloudPosture.Assessment.Fronts;

/// <summary>What is registered with a service of Cloud Map.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">The port.</param>
internal sealed record FrontInstance(string Address, int Port);
