namespace CloudPosture.Posture.Benchmarks;

/// <summary>How the findings answer a requirement. What comes later in this list outweighs what comes earlier.</summary>
public enum RequirementStatus
{
    /// <summary>No finding answers it: its service was not harvested, or there is nothing it applies to.</summary>
    NoFinding,

    /// <summary>Every finding is as it should be.</summary>
    Pass,

    /// <summary>Something is not as it should be, and all of it is accepted.</summary>
    Excepted,

    /// <summary>The API cannot answer; a person must look.</summary>
    Manual,

    /// <summary>Something that it needs could not be read.</summary>
    NotAssessed,

    /// <summary>At least one finding is not as it should be.</summary>
    Fail,
}
