namespace CloudPosture.Findings;

/// <summary>What became of a finding that is there no more.</summary>
internal enum Disappearance
{
    /// <summary>What its rule applied to is no more.</summary>
    Gone,

    /// <summary>Nobody knows: what it is about could not be listed, or was not looked at.</summary>
    Unread,

    /// <summary>Nobody asks any more: its rule is no more, or a person looks.</summary>
    Dropped,
}
