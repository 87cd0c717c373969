namespace CloudPosture.Assessment.Rules;

/// <summary>What a rule gives findings for.</summary>
public enum RuleScope
{
    /// <summary>Each resource of the rule's type.</summary>
    Resource,

    /// <summary>The account, once.</summary>
    Account,

    /// <summary>Each harvested Region of the account.</summary>
    Region,

    /// <summary>Each resource of the rule's type that fails; the account, once, where none does.</summary>
    Failing,
}
