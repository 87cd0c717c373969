namespace CloudPosture.Graph;

/// <summary>An edge that was followed.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Depth">How many edges from the start, 1 for its own.</param>
public readonly record struct GraphStep(GraphEdge Edge, int Depth);
