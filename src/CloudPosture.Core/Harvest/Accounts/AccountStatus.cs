namespace CloudPosture.Harvest.Accounts;

/// <summary>How far the harvest of an account came.</summary>
public enum AccountStatus
{
    /// <summary>Each service was read, or recorded as a gap.</summary>
    Complete,

    /// <summary>It was stopped, or services could not be read to their end because AWS or the way to it failed; what is missing can be resumed.</summary>
    Incomplete,

    /// <summary>Nothing could be read.</summary>
    Failed,

    /// <summary>It was its turn only when the budget of calls was used up; nothing was asked, and it can be resumed.</summary>
    NotStarted,
}
