namespace CloudPosture.Graph.Relations;

/// <summary>An edge as one of its ends holds it.</summary>
internal struct EdgeEntry
{
    /// <summary>The node at the other end.</summary>
    public int Other;

    /// <summary>The relation's number.</summary>
    public ushort Relation;
}
