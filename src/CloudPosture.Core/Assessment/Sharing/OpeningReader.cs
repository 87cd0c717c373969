using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Sharing;

/// <summary>Reads the ways, but for policies, by which a resource may stand open to everyone.</summary>
internal static class OpeningReader
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    // Most are like this, and there may be very many.
    private static readonly Opening NotShared = new("permission", false, "it is shared with nobody or with named accounts");

    /// <summary>The ways; empty where the type has none.</summary>
    public static IEnumerable<Opening> Of(Resource resource) => resource.Type switch
    {
        "AWS::S3::Bucket" => [Acl(resource)],
        "AWS::EC2::Snapshot" => [Permission(resource, "CreateVolumePermissions", resource.Configuration.Items("CreateVolumePermissions").Any(each => each.Text("Group") == "all"), OuterBlocks.Snapshots)],
        "AWS::EC2::Image" => [Permission(resource, "Public", resource.Configuration.Flag("Public"), null)],
        "AWS::RDS::DBSnapshot" or "AWS::RDS::DBClusterSnapshot" or "AWS::DocDB::DBClusterSnapshot" or "AWS::Neptune::DBClusterSnapshot" =>
            [Permission(resource, "Attributes", resource.Configuration.Items("Attributes").Any(IsForAll), null)],
        _ => ServiceEndpoints.Of(resource),
    };

    /// <summary>What a bucket's own block stops.</summary>
    public static bool BlocksPolicies(Resource bucket) => bucket.Configuration.Member("PublicAccessBlock")?.Flag(OuterBlocks.Policies) == true;

    public static bool IsUnread(Resource resource, string field) => resource.Gaps.Any(gap => gap.Field is null || JsonPath.Parse(field).IsTouchedBy(gap.Field));

    private static Opening Acl(Resource bucket)
    {
        var grant = bucket.Configuration.Member("Acl")?.Items("Grants").FirstOrDefault(each => each.Member("Grantee")?.Text("URI") is AllUsers or AuthenticatedUsers);
        if (grant is not { ValueKind: JsonValueKind.Object } open)
        {
            return new Opening("acl", IsUnread(bucket, "Acl") ? null : false, IsUnread(bucket, "Acl") ? "the ACL was not read" : "its ACL grants nothing to everyone");
        }

        var isEnforced = bucket.Configuration.Member("OwnershipControls")?.Items("Rules").Any(rule => rule.Text("ObjectOwnership") == "BucketOwnerEnforced") == true;
        var isIgnored = bucket.Configuration.Member("PublicAccessBlock")?.Flag(OuterBlocks.Acls) == true;
        var why = $"its ACL grants {open.Text("Permission")} to {(open.Member("Grantee")?.Text("URI") == AllUsers ? "everyone" : "everyone with an AWS account")}";
        return isEnforced ? new Opening("acl", true, why, ExposureStop.ServiceSetting, "object ownership is BucketOwnerEnforced, which takes ACLs out of force")
            : isIgnored ? new Opening("acl", true, why, ExposureStop.PublicAccessBlock, "the bucket's own block has IgnorePublicAcls on")
            : new Opening("acl", true, why, OuterBlock: OuterBlocks.Acls);
    }

    private static Opening Permission(Resource resource, string field, bool isOpen, string? outerBlock) =>
        !isOpen && IsUnread(resource, field) ? new Opening("permission", null, $"{field} was not read")
        : isOpen ? new Opening("permission", true, "everyone with an AWS account may copy it", OuterBlock: outerBlock)
        : NotShared;

    private static bool IsForAll(JsonElement attribute) =>
        attribute.Text("AttributeName") == "restore" && attribute.Items("AttributeValues").Any(value => value.ValueKind == JsonValueKind.String && value.GetString() == "all");
}
