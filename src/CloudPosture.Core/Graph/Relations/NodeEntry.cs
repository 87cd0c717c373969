namespace CloudPosture.Graph.Relations;

/// <summary>A node as the graph holds it: numbers of texts.</summary>
internal struct NodeEntry
{
    public int Id;
    public int Name;

    /// <summary>The ARN up to its fifth colon, which many share; -1 where there is none.</summary>
    public int ArnStart;
    public int ArnEnd;
    public ushort Type;
    public ushort Account;
    public ushort Region;
    public bool IsOutside;

    /// <summary>The next node of the same type and id; -1 for none.</summary>
    public int NextOfId;
}
