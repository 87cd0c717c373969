namespace CloudPosture.Assessment.Conditions;

/// <summary>How two numbers are compared.</summary>
internal enum Comparison : byte
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Not the same.</summary>
    NotEqual,

    /// <summary>Above.</summary>
    Greater,

    /// <summary>At or above.</summary>
    GreaterOrEqual,

    /// <summary>Below.</summary>
    Less,

    /// <summary>At or below.</summary>
    LessOrEqual,
}
