namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>How a condition treats a key that has several values.</summary>
internal enum Quantifier : byte
{
    /// <summary>The key has one value.</summary>
    None,

    /// <summary>One of the request's values must match; false where the key is absent.</summary>
    AnyValue,

    /// <summary>Each of the request's values must match; true where the key is absent.</summary>
    AllValues,
}
