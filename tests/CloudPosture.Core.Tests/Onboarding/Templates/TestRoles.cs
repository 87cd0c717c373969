using System.Collections.Generic;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>Roles that templates are written of.</summary>
internal static class TestRoles
{
    public const string Hub = "111122223333";

    /// <summary>Every preset and part there is.</summary>
    public static IEnumerable<(Vendor Vendor, RolePart Part)> Presets()
    {
        foreach (var preset in VendorPreset.All)
        {
            foreach (var part in preset.Parts)
            {
                yield return (preset.Vendor, part);
            }
        }
    }

    public static RoleSpec Of(Vendor vendor, RolePart part = RolePart.Reader) => VendorPreset.Of(vendor).Build(new PresetValues
    {
        Part = part,
        HubAccountId = Hub,
        ExternalId = vendor switch
        {
            Vendor.InsightVM or Vendor.Cyscale or Vendor.CloudPosture => "unguessable-0123456789",
            Vendor.ElasticCloudConnector => "ElasticResourceId-01234567-89ab-4cde-8f01-23456789abcd",
            _ => null,
        },
        Suffix = vendor == Vendor.ElasticCloudConnector ? "stack" : null,
    }, Shipped.Content.Catalog);

    /// <summary>A role whose texts are as hostile as IAM lets them be.</summary>
    public static RoleSpec Hostile { get; } = Of(Vendor.CloudPosture) with
    {
        RoleName = "-Reader+=,.@_",
        Path = "/team=a/x+y,@_./",
        Description = "It's \"100%\" $HOME `x` & <y> | ^z! ${AWS::Region} %{ if } é \\",
        Tags = new Dictionary<string, string> { ["cost center"] = "R=D + 1", ["owner"] = "" },
        MaxSessionDuration = 7200,
    };
}
