namespace CloudPosture.Lake.Resources;

/// <summary>The types of places, about which findings may be as a whole.</summary>
public static class PlaceTypes
{
    /// <summary>An account.</summary>
    public const string Account = "AWS::::Account";

    /// <summary>A Region.</summary>
    public const string Region = "AWS::EC2::Region";
}
