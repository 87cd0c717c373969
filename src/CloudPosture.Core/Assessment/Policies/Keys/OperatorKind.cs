namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>What sort of values a condition operator compares.</summary>
internal enum OperatorKind : byte
{
    /// <summary>None that IAM knows.</summary>
    Unknown,

    /// <summary>Texts as they are.</summary>
    Text,

    /// <summary>Texts whatever their case.</summary>
    TextIgnoringCase,

    /// <summary>Texts with wildcards.</summary>
    Pattern,

    /// <summary>ARNs with wildcards, part by part.</summary>
    Arn,

    /// <summary>True and false.</summary>
    Truth,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Points in time.</summary>
    Time,

    /// <summary>Addresses and networks.</summary>
    Address,

    /// <summary>Whether the key is absent.</summary>
    Absence,
}
