namespace CloudPosture.Assessment.Conditions;

/// <summary>What looking for a field found.</summary>
internal enum FieldState : byte
{
    /// <summary>AWS answered, and there is no such field, or it is null.</summary>
    Absent,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>It could not be read.</summary>
    Unreadable,
}
