namespace CloudPosture.Assessment.Conditions;

/// <summary>Three-valued logic, ordered so that "all" is the least and "any" the greatest of its parts.</summary>
internal enum Verdict : byte
{
    /// <summary>Does not hold.</summary>
    False,

    /// <summary>Cannot be said: something it depends on could not be read.</summary>
    Unknown,

    /// <summary>Holds.</summary>
    True,
}
