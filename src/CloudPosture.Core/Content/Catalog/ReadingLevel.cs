namespace CloudPosture.Content.Catalog;

/// <summary>What an action that changes nothing gives to know.</summary>
public enum ReadingLevel
{
    /// <summary>Which resources there are.</summary>
    List,

    /// <summary>How a resource is configured.</summary>
    Read,
}
