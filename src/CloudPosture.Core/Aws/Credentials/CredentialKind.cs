namespace CloudPosture.Aws.Credentials;

/// <summary>Where credentials come from.</summary>
public enum CredentialKind
{
    /// <summary>The first of: AWS_ACCESS_KEY_ID…, web identity, AWS_PROFILE, the default profile, the container's role, the instance's role.</summary>
    Default,

    /// <summary>A named profile of the AWS files.</summary>
    Profile,

    /// <summary>Environment variables.</summary>
    Environment,

    /// <summary>Keys that were given in this session and are kept nowhere else.</summary>
    Session,

    /// <summary>The role of the EC2 instance, from its metadata service (version 2).</summary>
    Instance,

    /// <summary>The role of the ECS or EKS container.</summary>
    Container,

    /// <summary>What another connection (the hub) ends up with.</summary>
    Connection,
}
