namespace CloudPosture.Assessment.Paths;

/// <summary>What sort of step leads from one thing on a path to the next.</summary>
public enum PathStepKind
{
    /// <summary>Packets reach a port.</summary>
    Network,

    /// <summary>Requests are answered: by a URL, an API, a policy or a permission that lets everyone in.</summary>
    Request,

    /// <summary>Whoever has taken a thing over acts as the role that it works with.</summary>
    Role,

    /// <summary>A principal gains the rights of another, or enlarges its own.</summary>
    Escalation,

    /// <summary>Somebody may read data.</summary>
    Data,
}
