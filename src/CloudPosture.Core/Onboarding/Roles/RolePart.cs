namespace CloudPosture.Onboarding.Roles;

/// <summary>Which role of a hub and its spokes.</summary>
public enum RolePart
{
    /// <summary>The role that reads an account; in a hub-and-spoke set-up, the one in each spoke.</summary>
    Reader,

    /// <summary>The role in the hub, which assumes the readers.</summary>
    Hub,

    /// <summary>The role that writes findings into AWS Security Hub and alerts into topics, so that the reader writes nothing.</summary>
    Publisher,
}
