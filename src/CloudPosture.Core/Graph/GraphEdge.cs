namespace CloudPosture.Graph;

/// <summary>An edge of the graph.</summary>
/// <param name="From">The number of the node that names the other.</param>
/// <param name="Relation">What it is called (<c>inSubnet</c>).</param>
/// <param name="To">The number of the node that is named.</param>
public readonly record struct GraphEdge(int From, string Relation, int To);
