using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>
/// EC2's instances, volumes, snapshots and addresses: an instance stands in a network, has a volume and an address of its own, and its
/// profile's role is one of IAM's; there are as many as an organization is asked to have.
/// </summary>
internal static class ComputeService
{
    private const string Permissions = "CreateVolumePermissions";

    private static readonly ResourceType Instances = new("instance")
    {
        Fixed = 1,
        Share = 0.2,
        IsWorkload = true,
        Id = InstanceId,
        Good = Instance,
        Variants =
        [
            Variant.Fault("EC2.InstanceProfile", (instance, _, _) => instance.Remove("IamInstanceProfile")),
            Variant.Fault("EC2.InstanceImdsv2", (instance, _, _) => instance["MetadataOptions"]!["HttpTokens"] = "optional"),
        ],
    };

    private static readonly ResourceType Volumes = new("volume")
    {
        Fixed = 1,
        Share = 0.3,
        Id = (cell, index) => cell.Id("vol-", "volume", index),
        Good = Volume,
        Variants = [Variant.Fault("EC2.VolumeEncryption", (volume, _, _) => Unencrypted(volume))],
    };

    private static readonly ResourceType Snapshots = new("snapshot")
    {
        Fixed = 1,
        Share = 0.02,
        Id = SnapshotId,
        Good = Snapshot,
        Variants =
        [
            Variant.Fault("EC2.SnapshotPublic", (snapshot, _, _) => Share(Unencrypted(snapshot), "Group", "all")),
            Variant.Trap((snapshot, cell, _) => Share(snapshot, "UserId", cell.Organization.Management.Id)),
        ],
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Instances, Volumes, Snapshots];

    public static void Register(HandlerTable table)
    {
        table["ec2", "DescribeInstances"] = call => Answer.Of("Reservations", new LazyList(Instances.Count(call.Cell), index => new JsonObject
        {
            ["ReservationId"] = call.Cell.Id("r-", "reservation", index),
            ["OwnerId"] = call.Cell.AccountId,
            ["Groups"] = new JsonArray(),
            ["Instances"] = Json.List(Instances.Build(call.Cell, index)),
        }));
        table.List("ec2", "DescribeVolumes", "Volumes", Volumes);
        table["ec2", "DescribeSnapshots"] = call => Answer.Of("Snapshots", new LazyList(Snapshots.Count(call.Cell), index =>
        {
            var snapshot = Snapshots.Build(call.Cell, index);
            snapshot.Remove(Permissions);
            return snapshot;
        }));
        table["ec2", "DescribeSnapshotAttribute"] = SnapshotAttribute;
        table["ec2", "DescribeAddresses"] = call => new JsonObject { ["Addresses"] = Json.List(Instances.Count(call.Cell) == 0 ? [] : [Address(call.Cell)]) };
        table["ec2", "GetEbsEncryptionByDefault"] = call => new JsonObject { ["EbsEncryptionByDefault"] = !call.Cell.Fails("EC2.EbsDefaultEncryption") };
        table["ec2", "GetEbsDefaultKmsKeyId"] = _ => new JsonObject { ["KmsKeyId"] = "alias/aws/ebs" };
        table["ec2", "GetSnapshotBlockPublicAccessState"] = call => new JsonObject
        {
            ["State"] = call.Cell.Fails("EC2.SnapshotBlockPublicAccess") ? "unblocked" : "block-all-sharing",
        };
        table["ec2", "DescribeInstanceAttribute"] = call => new JsonObject { ["InstanceId"] = call.Need("InstanceId"), ["UserData"] = new JsonObject() };
        table["ec2", "GetImageBlockPublicAccessState"] = _ => new JsonObject { ["ImageBlockPublicAccessState"] = "block-new-sharing" };
        table["ec2", "GetInstanceMetadataDefaults"] = _ => new JsonObject { ["AccountLevel"] = new JsonObject { ["HttpTokens"] = "required", ["HttpEndpoint"] = "enabled" } };
        table["ec2", "DescribeVpcBlockPublicAccessOptions"] = call => new JsonObject
        {
            ["VpcBlockPublicAccessOptions"] = new JsonObject { ["AwsAccountId"] = call.Cell.AccountId, ["State"] = "update-complete", ["InternetGatewayBlockMode"] = "block-ingress" },
        };
    }

    private static string InstanceId(Cell cell, int index) => cell.Id("i-", "instance", index);

    private static string SnapshotId(Cell cell, int index) => cell.Id("snap-", "snapshot", index);

    private static string KeyArn(Cell cell) => cell.Arn("kms", "key/" + cell.Uuid("ebs-key", 0));

    private static JsonObject Instance(Cell cell, int index)
    {
        var number = (int)(cell.Hash("instance-address", index) % 4000) + 10;
        var vpc = NetworkService.VpcOfInstance(cell, index);
        var address = $"172.31.{number / 250}.{number % 250}";
        return new JsonObject
        {
            ["Architecture"] = "x86_64",
            ["BlockDeviceMappings"] = Json.List(new JsonObject
            {
                ["DeviceName"] = "/dev/xvda",
                ["Ebs"] = new JsonObject
                {
                    ["AttachTime"] = cell.DaysAgo("instance", index, 5, 300),
                    ["DeleteOnTermination"] = true,
                    ["Status"] = "attached",
                    ["VolumeId"] = cell.Id("vol-", "volume", index),
                },
            }),
            ["ClientToken"] = "",
            ["EbsOptimized"] = true,
            ["EnaSupport"] = true,
            ["Hypervisor"] = "xen",
            ["IamInstanceProfile"] = new JsonObject
            {
                ["Arn"] = $"arn:aws:iam::{cell.AccountId}:instance-profile/app-server",
                ["Id"] = "AIPA" + Mix.Letters(cell.InRegion(-1).Hash("profile", 0), 17),
            },
            ["NetworkInterfaces"] = new JsonArray(),
            ["RootDeviceName"] = "/dev/xvda",
            ["RootDeviceType"] = "ebs",
            ["SecurityGroups"] = Json.List(new JsonObject { ["GroupId"] = cell.Id("sg-", "security-group", 0), ["GroupName"] = "app-" + Mix.Hex(cell.Hash("security-group", 0), 6) }),
            ["SourceDestCheck"] = true,
            ["Tags"] = Json.Tags(cell, "instance", index, "app-" + index),
            ["VirtualizationType"] = "hvm",
            ["CpuOptions"] = new JsonObject { ["CoreCount"] = 1, ["ThreadsPerCore"] = 2 },
            ["MetadataOptions"] = new JsonObject
            {
                ["State"] = "applied",
                ["HttpTokens"] = "required",
                ["HttpPutResponseHopLimit"] = 1,
                ["HttpEndpoint"] = "enabled",
                ["HttpProtocolIpv6"] = "disabled",
                ["InstanceMetadataTags"] = "disabled",
            },
            ["InstanceId"] = InstanceId(cell, index),
            ["ImageId"] = cell.Id("ami-", "image", 0),
            ["State"] = new JsonObject { ["Code"] = 16, ["Name"] = "running" },
            ["PrivateDnsName"] = "ip-" + address.Replace('.', '-') + ".ec2.internal",
            ["PublicDnsName"] = "",
            ["StateTransitionReason"] = "",
            ["AmiLaunchIndex"] = 0,
            ["ProductCodes"] = new JsonArray(),
            ["InstanceType"] = "t3.medium",
            ["LaunchTime"] = cell.DaysAgo("instance", index, 5, 300),
            ["Placement"] = new JsonObject { ["GroupName"] = "", ["Tenancy"] = "default", ["AvailabilityZone"] = cell.Zone(index) },
            ["Monitoring"] = new JsonObject { ["State"] = "disabled" },
            ["SubnetId"] = NetworkService.SubnetId(cell, vpc, index % 3),
            ["VpcId"] = NetworkService.VpcId(cell, vpc),
            ["PrivateIpAddress"] = address,
        };
    }

    private static JsonObject Volume(Cell cell, int index) => new()
    {
        ["AvailabilityZone"] = cell.Zone(index),
        ["CreateTime"] = cell.DaysAgo("volume", index, 5, 300),
        ["Size"] = 8 + (int)(cell.Hash("size", index) % 200),
        ["SnapshotId"] = "",
        ["State"] = "available",
        ["VolumeId"] = cell.Id("vol-", "volume", index),
        ["Iops"] = 3000,
        ["Tags"] = Json.Tags(cell, "volume", index),
        ["VolumeType"] = "gp3",
        ["MultiAttachEnabled"] = false,
        ["Throughput"] = 125,
        ["Encrypted"] = true,
        ["KmsKeyId"] = KeyArn(cell),
        ["Attachments"] = new JsonArray(),
    };

    private static JsonObject Snapshot(Cell cell, int index) => new()
    {
        ["Description"] = "nightly",
        ["Encrypted"] = true,
        ["KmsKeyId"] = KeyArn(cell),
        ["OwnerId"] = cell.AccountId,
        ["Progress"] = "100%",
        ["SnapshotId"] = SnapshotId(cell, index),
        ["StartTime"] = cell.DaysAgo("snapshot", index, 1, 90),
        ["State"] = "completed",
        ["VolumeId"] = cell.Id("vol-", "volume", 0),
        ["VolumeSize"] = 8,
        ["StorageTier"] = "standard",
        ["Tags"] = Json.Tags(cell, "snapshot", index),
        [Permissions] = new JsonArray(),
    };

    private static JsonObject Unencrypted(JsonObject resource)
    {
        resource["Encrypted"] = false;
        resource.Remove("KmsKeyId");
        return resource;
    }

    private static void Share(JsonObject snapshot, string member, string value) => snapshot[Permissions] = Json.List(new JsonObject { [member] = value });

    private static Answer SnapshotAttribute(CallContext call)
    {
        var id = call.Need("SnapshotId");
        var index = Snapshots.IndexOf(call.Cell, id);
        return index < 0
            ? throw new AwsError("InvalidSnapshot.NotFound", $"The snapshot '{id}' does not exist.")
            : new JsonObject { ["SnapshotId"] = id, [Permissions] = Snapshots.Build(call.Cell, index)[Permissions]!.DeepClone() };
    }

    private static JsonObject Address(Cell cell) => new()
    {
        ["InstanceId"] = InstanceId(cell, 0),
        ["PublicIp"] = $"203.0.113.{cell.Hash("address", 0) % 250 + 1}",
        ["AllocationId"] = cell.Id("eipalloc-", "address", 0),
        ["AssociationId"] = cell.Id("eipassoc-", "address", 0),
        ["Domain"] = "vpc",
        ["PrivateIpAddress"] = "172.31.0.10",
        ["Tags"] = Json.Tags(cell, "address", 0),
        ["PublicIpv4Pool"] = "amazon",
        ["NetworkBorderGroup"] = cell.Region,
    };
}
