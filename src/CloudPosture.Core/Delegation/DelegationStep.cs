namespace CloudPosture.Delegation;

/// <summary>The steps from an approved request to a connection that works, in their order.</summary>
public enum DelegationStep
{
    /// <summary>Nothing is done yet.</summary>
    None,

    /// <summary>The exchange token was traded in; it is worth nothing any more.</summary>
    Exchanged,

    /// <summary>CloudFormation was told to create the stack.</summary>
    Deploying,

    /// <summary>The stack failed and was rolled back.</summary>
    RolledBack,

    /// <summary>The stack is complete: the roles are there.</summary>
    Deployed,

    /// <summary>The connection is stored.</summary>
    Connected,

    /// <summary>The connection was tested and works.</summary>
    Completed,
}
