using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Tests.Onboarding.Policies;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>Every preset against what its vendor documents.</summary>
public sealed class PresetTests
{
    private const string Hub = "111122223333";

    [Fact]
    public void InsightVm()
    {
        var role = Build(Vendor.InsightVM, new PresetValues { ExternalId = "given-by-rapid7" });
        Assert.Equal("Rapid7-Security-Audit", role.RoleName);
        Assert.Equal(["SecurityAudit"], role.ManagedPolicies);
        AssertTrust("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::336818582268:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"given-by-rapid7"}}}""", role);
        var policy = Assert.Single(role.CustomPolicies);
        Assert.Equal("Rapid7-Security-Audit", policy.Name);
        Assert.Equal(InsightVmPolicy.Actions.Order(StringComparer.Ordinal), Actions(policy).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void InsightVmIssuesTheExternalIdItself() =>
        Assert.Contains("InsightVM shows it", Assert.Throws<RoleSpecException>(() => Build(Vendor.InsightVM, new PresetValues())).Message);

    [Fact]
    public void Cyscale()
    {
        var role = Build(Vendor.Cyscale, new PresetValues { ExternalId = "abcd-1234" });
        Assert.Equal("CyscaleConnectorReadOnlyRole", role.RoleName);
        Assert.Equal(["SecurityAudit"], role.ManagedPolicies);
        AssertTrust("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::789815788242:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"abcd-1234"}}}""", role);
        Assert.Equal(["elasticfilesystem:ListTagsForResource", "s3:List*"], Actions(Assert.Single(role.CustomPolicies)));
        Assert.Throws<RoleSpecException>(() => Build(Vendor.Cyscale, new PresetValues { ExternalId = "short" }));
        Assert.Throws<RoleSpecException>(() => Build(Vendor.Cyscale, new PresetValues { ExternalId = "under_score" }));
    }

    [Fact]
    public void ElasticCloudConnector()
    {
        var role = Build(Vendor.ElasticCloudConnector, new PresetValues { Suffix = "my-stack" });
        Assert.Equal("ElasticCloudConnectorsRole-my-stack", role.RoleName);
        Assert.Matches("^ElasticResourceId-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", role.ExternalId);
        Assert.Equal(["SecurityAudit"], role.ManagedPolicies);
        AssertTrust($$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::254766567737:role/cloud_connectors"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"{{role.ExternalId}}"} } }""", role);
        Assert.Equal(64, Build(Vendor.ElasticCloudConnector, new PresetValues { Suffix = new string('a', 37) }).RoleName.Length);
        Assert.Throws<RoleSpecException>(() => Build(Vendor.ElasticCloudConnector, new PresetValues { Suffix = new string('a', 38) }));
        Assert.Throws<RoleSpecException>(() => Build(Vendor.ElasticCloudConnector, new PresetValues { Suffix = "a", ExternalId = "ElasticResourceId-1" }));
    }

    [Fact]
    public void ElasticOrganization()
    {
        var hub = Build(Vendor.ElasticOrganization, new PresetValues { Part = RolePart.Hub, HubAccountId = Hub });
        Assert.Equal("cloudbeat-root", hub.RoleName);
        Assert.Equal(["SecurityAudit"], hub.ManagedPolicies);
        AssertTrust($$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Hub}}:root"},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}""", hub);
        Assert.Equal(["organizations:Describe*", "organizations:List*", "sts:AssumeRole"], Actions(Assert.Single(hub.InlinePolicies)));

        var member = Build(Vendor.ElasticOrganization, new PresetValues { HubAccountId = Hub });
        Assert.Equal("cloudbeat-securityaudit", member.RoleName);
        Assert.Equal(["SecurityAudit"], member.ManagedPolicies);
        AssertTrust($$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Hub}}:role/cloudbeat-root"},"Action":"sts:AssumeRole"}""", member);
    }

    [Fact]
    public void Cartography()
    {
        var hub = Build(Vendor.Cartography, new PresetValues { Part = RolePart.Hub });
        Assert.Equal("cartography-service", hub.RoleName);
        AssertTrust("""{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}""", hub);
        var policy = Assert.Single(hub.InlinePolicies);
        Assert.Equal(["sts:AssumeRole", "ec2:DescribeRegions"], Actions(policy));
        Assert.Equal("arn:aws:iam::*:role/cartography-read-only", (string?)JsonNode.Parse(policy.Document)!["Statement"]![0]!["Resource"]);

        var spoke = Build(Vendor.Cartography, new PresetValues { HubAccountId = Hub, IncludeInspector = true });
        Assert.Equal("cartography-read-only", spoke.RoleName);
        Assert.Equal(["SecurityAudit", "AmazonInspector2ReadOnlyAccess"], spoke.ManagedPolicies);
        AssertTrust($$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Hub}}:root"},"Action":"sts:AssumeRole"}""", spoke);
        Assert.Equal(["SecurityAudit"], Build(Vendor.Cartography, new PresetValues { HubAccountId = Hub }).ManagedPolicies);
    }

    [Fact]
    public void CloudPosture()
    {
        var role = Build(Vendor.CloudPosture, new PresetValues { HubAccountId = Hub });
        Assert.Equal("CloudPosture-ReadOnly", role.RoleName);
        Assert.Matches("^[0-9a-f]{40}$", role.ExternalId);
        Assert.NotEqual(role.ExternalId, Build(Vendor.CloudPosture, new PresetValues { HubAccountId = Hub }).ExternalId);
        Assert.Contains("account:GetContactInformation", role.CustomPolicies.SelectMany(Actions));
    }

    [Fact]
    public void OtherPartitionsHaveTheirOwnArns()
    {
        var role = Build(Vendor.Cartography, new PresetValues { HubAccountId = Hub, Partition = "aws-us-gov" });
        Assert.Equal("arn:aws-us-gov:iam::aws:policy/SecurityAudit", role.ManagedPolicyArn(role.ManagedPolicies[0]));
        Assert.Contains($"arn:aws-us-gov:iam::{Hub}:root", role.TrustPolicy);
    }

    [Theory]
    [InlineData(Vendor.Cartography, RolePart.Reader, "12 digits")]
    [InlineData(Vendor.ElasticCloudConnector, RolePart.Reader, "which ends the role's name")]
    [InlineData(Vendor.Cyscale, RolePart.Hub, "no role of the kind Hub")]
    public void WhatIsMissingIsSaid(Vendor vendor, RolePart part, string remedy)
    {
        var error = Assert.Throws<RoleSpecException>(() => Build(vendor, new PresetValues { Part = part }));

        Assert.Contains(remedy, $"{error.Message} {error.Advice}");
    }

    /// <summary>The names of policies are unique in an account, so the vendor's own is for the role of the vendor's name alone.</summary>
    [Theory]
    [InlineData(Vendor.CloudPosture)]
    [InlineData(Vendor.InsightVM)]
    [InlineData(Vendor.Cyscale)]
    public void ThePolicyOfARoleOfTheUsersNameHasThatName(Vendor vendor) =>
        Assert.Equal("Team", Build(vendor, new PresetValues { HubAccountId = Hub, ExternalId = "abcd-1234", RoleName = "Team" }).CustomPolicies[0].Name);

    [Theory]
    [InlineData(Vendor.CloudPosture)]
    [InlineData(Vendor.Cartography)]
    public void AHubEntersTheReaderThatIsNamed(Vendor vendor)
    {
        var hub = Build(vendor, new PresetValues { Part = RolePart.Hub, HubAccountId = Hub, ReaderRoleName = "Team", ReaderRolePath = "/a/b/", Partition = "aws-cn" });
        Assert.Equal("arn:aws-cn:iam::*:role/a/b/Team", (string?)JsonNode.Parse(hub.InlinePolicies[0].Document)!["Statement"]![0]!["Resource"]);
        Assert.Contains("Team", hub.Description);
        Assert.Throws<RoleSpecException>(() => Build(vendor, new PresetValues { Part = RolePart.Hub, HubAccountId = Hub, ReaderRolePath = "a" }));
    }

    private static RoleSpec Build(Vendor vendor, PresetValues values) => VendorPreset.Of(vendor).Build(values, Shipped.Content.Catalog).Validate();

    private static void AssertTrust(string statements, RoleSpec role) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}"""), JsonNode.Parse(role.TrustPolicy)), role.TrustPolicy);

    private static string[] Actions(NamedPolicy policy) =>
        [.. JsonNode.Parse(policy.Document)!["Statement"]!.AsArray().SelectMany(statement => statement!["Action"]!.AsArray()).Select(action => (string)action!)];
}
