namespace CloudPosture.Connections;

/// <summary>Why an operation on connections failed.</summary>
public enum ConnectionError
{
    /// <summary>A value breaks a rule; the message names the rule.</summary>
    Invalid,

    /// <summary>There is no connection of that name.</summary>
    NotFound,

    /// <summary>There is a connection of that name already.</summary>
    AlreadyExists,

    /// <summary>The file of connections cannot be understood; it is left as it is.</summary>
    Corrupt,

    /// <summary>The file of connections cannot be read or written.</summary>
    Inaccessible,

    /// <summary>Another process holds the file for too long.</summary>
    Busy,

    /// <summary>Other connections need it.</summary>
    InUse,

    /// <summary>The account reached is not the one expected.</summary>
    WrongAccount,
}
