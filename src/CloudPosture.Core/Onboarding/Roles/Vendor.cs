namespace CloudPosture.Onboarding.Roles;

/// <summary>The products that a role can be made for.</summary>
public enum Vendor
{
    /// <summary>This product.</summary>
    CloudPosture,

    /// <summary>Rapid7 InsightVM Cloud Configuration Assessment.</summary>
    InsightVM,

    /// <summary>Cyscale.</summary>
    Cyscale,

    /// <summary>Elastic CSPM, agentless, through Elastic's cloud connector.</summary>
    ElasticCloudConnector,

    /// <summary>Elastic CSPM for an organization.</summary>
    ElasticOrganization,

    /// <summary>Cartography.</summary>
    Cartography,
}
