namespace CloudPosture.Assessment.Escalation;

/// <summary>The sorts of ways to more rights.</summary>
public enum EscalationClass : byte
{
    /// <summary>What exists and works with a role is made to work for somebody else.</summary>
    Existing,

    /// <summary>A role is given to something new.</summary>
    New,

    /// <summary>Another user or role is taken over.</summary>
    Become,

    /// <summary>A principal enlarges its own rights.</summary>
    Self,
}
