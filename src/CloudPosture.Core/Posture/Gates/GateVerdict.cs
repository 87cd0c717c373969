namespace CloudPosture.Posture.Gates;

/// <summary>Why a gate stays shut; the first that holds.</summary>
public enum GateVerdict
{
    /// <summary>It is open.</summary>
    Open,

    /// <summary>More fails than it lets through.</summary>
    Findings,

    /// <summary>There is nothing to judge: no account was assessed.</summary>
    NothingRead,

    /// <summary>Something could not be read, was not assessed, or was read too long ago.</summary>
    NotAssessed,
}
