namespace CloudPosture.Graph;

/// <summary>What keeps someone from reaching something, in the order in which a packet or a request meets it.</summary>
public enum ExposureStop
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A setting of the service keeps it to itself.</summary>
    ServiceSetting,

    /// <summary>It has no public address.</summary>
    PublicAddress,

    /// <summary>The internet gateway is not attached to the VPC.</summary>
    InternetGateway,

    /// <summary>VPC Block Public Access.</summary>
    BlockPublicAccess,

    /// <summary>The route table in force does not lead back to the source.</summary>
    Route,

    /// <summary>The network ACL refuses the packet.</summary>
    NetworkAclIn,

    /// <summary>The prefix list that a security group admits does not hold the source.</summary>
    PrefixList,

    /// <summary>No security group admits it.</summary>
    SecurityGroup,

    /// <summary>Nothing behind it answers.</summary>
    Listener,

    /// <summary>The network ACL refuses the answer.</summary>
    NetworkAclOut,

    /// <summary>Each lets something through, and no source gets through all of them.</summary>
    Combination,

    /// <summary>A block on public access, of the resource or of its account.</summary>
    PublicAccessBlock,

    /// <summary>Its policy or its permissions let no stranger in.</summary>
    Policy,
}
