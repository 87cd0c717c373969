namespace CloudPosture.Connections;

/// <summary>What a connection leads to.</summary>
public enum ConnectionKind
{
    /// <summary>One account.</summary>
    Account,

    /// <summary>The accounts of an organization, as they are when a harvest starts.</summary>
    Organization,
}
