namespace CloudPosture.Lake.Findings;

/// <summary>What a rule said about a resource.</summary>
public enum FindingStatus
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>Not as it should be.</summary>
    Fail,

    /// <summary>The API cannot answer; a person must look.</summary>
    Manual,

    /// <summary>What the rule needs could not be read.</summary>
    NotAssessed,

    /// <summary>Would fail, and an exception says that this is accepted.</summary>
    Excepted,
}
