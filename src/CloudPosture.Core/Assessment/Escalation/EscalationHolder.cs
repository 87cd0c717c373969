namespace CloudPosture.Assessment.Escalation;

/// <summary>Whose rights a method enlarges, or who is taken over.</summary>
internal enum EscalationHolder : byte
{
    /// <summary>The one who acts.</summary>
    Self,

    /// <summary>A role.</summary>
    Role,

    /// <summary>A user.</summary>
    User,

    /// <summary>Whoever: no boundary is in the way.</summary>
    Account,
}
