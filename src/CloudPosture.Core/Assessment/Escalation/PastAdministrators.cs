namespace CloudPosture.Assessment.Escalation;

/// <summary>Where ways lead on from whoever may do everything in an account.</summary>
internal enum PastAdministrators : byte
{
    /// <summary>Where one of the methods leads.</summary>
    ByWaysAlone,

    /// <summary>To everyone in the account as well.</summary>
    ToEveryone,

    /// <summary>Nowhere.</summary>
    ToNobody,
}
