namespace CloudPosture.Lake.Resources;

/// <summary>Words that stand where a Region does.</summary>
internal static class ResourceRegion
{
    /// <summary>The Region of what belongs to none.</summary>
    public const string Global = "global";
}
