namespace CloudPosture.Lake.Resources;

/// <summary>The types that tell of an organization, by whose parts accounts are limited, sorted and owned.</summary>
internal static class OrganizationTypes
{
    /// <summary>The organization itself.</summary>
    public const string Organization = "AWS::Organizations::Organization";

    /// <summary>Its root.</summary>
    public const string Root = "AWS::Organizations::Root";

    /// <summary>An organizational unit.</summary>
    public const string Unit = "AWS::Organizations::OrganizationalUnit";

    /// <summary>A member.</summary>
    public const string Account = "AWS::Organizations::Account";

    /// <summary>A policy of the organization.</summary>
    public const string Policy = "AWS::Organizations::Policy";
}
