namespace CloudPosture.Tests.Escalation;

/// <summary>The one thing that stands in the way of a planted method.</summary>
public enum Stop
{
    /// <summary>Nothing does.</summary>
    Nothing,

    /// <summary>An action is not allowed.</summary>
    NotAllowed,

    /// <summary>An action is refused by a statement of its own.</summary>
    Denied,

    /// <summary>The actor's boundary lacks an action.</summary>
    Boundary,

    /// <summary>A service control policy refuses an action.</summary>
    ServiceControl,

    /// <summary>An action is allowed on something else alone.</summary>
    OtherResource,

    /// <summary>The role may be passed to another service alone.</summary>
    PassedElsewhere,

    /// <summary>The role does not trust the service, or the actor.</summary>
    NoTrust,

    /// <summary>There is nothing to act through.</summary>
    NoThing,

    /// <summary>What is needed beside does not hold.</summary>
    NoNeed,
}
