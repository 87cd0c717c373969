namespace CloudPosture.Onboarding.Policies;

/// <summary>What is wrong with a policy for a reader of configuration.</summary>
public enum PolicyIssueKind
{
    /// <summary>IAM knows no such action: a typing mistake, or an action that was never there.</summary>
    UnknownAction,

    /// <summary>The action changes something.</summary>
    Write,

    /// <summary>The action returns what customers store, not how a service is configured.</summary>
    CustomerData,

    /// <summary>A wildcard, or everything but a list (<c>NotAction</c>), that reaches further than reading configuration.</summary>
    TooWide,

    /// <summary>Nothing in the catalog calls the action.</summary>
    Unused,

    /// <summary>SecurityAudit grants it already.</summary>
    GrantedBySecurityAudit,

    /// <summary>The document is longer than IAM accepts.</summary>
    TooLong,

    /// <summary>IAM refuses the document, because it breaks the grammar of policies.</summary>
    Malformed,
}
