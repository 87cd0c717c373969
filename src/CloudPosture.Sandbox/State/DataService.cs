using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>Where data lies: RDS, EFS and S3 Glacier.</summary>
internal static class DataService
{
    private const string Policy = "Policy";
    private const string Attributes = "Attributes";

    private static readonly ResourceType Instances = new("db-instance")
    {
        Share = 0.01,
        IsWorkload = true,
        Id = (cell, index) => "orders-" + Mix.Hex(cell.Hash("db-instance", index), 6),
        Good = DbInstance,
        Variants =
        [
            Variant.Fault("RDS.InstanceEncryption", (instance, _, _) => Unencrypted(instance)),
            Variant.Fault("RDS.InstanceMinorVersionUpgrade", (instance, _, _) => instance["AutoMinorVersionUpgrade"] = false),
            Variant.Fault("RDS.InstancePublicAccess", (instance, _, _) => instance["PubliclyAccessible"] = true),
            Variant.Fault("RDS.InstanceMultiAz", (instance, _, _) => instance["MultiAZ"] = false),
            Variant.Trap((instance, cell, _) => OfCluster(instance, cell)),
        ],
    };

    private static readonly ResourceType Clusters = new("db-cluster")
    {
        Fixed = 1,
        IsWorkload = true,
        Id = ClusterId,
        Good = (cell, index) => new JsonObject
        {
            ["AllocatedStorage"] = 1,
            ["AvailabilityZones"] = Json.Texts(cell.Zone(0), cell.Zone(1), cell.Zone(2)),
            ["BackupRetentionPeriod"] = 7,
            ["DBClusterIdentifier"] = ClusterId(cell, index),
            ["DBClusterParameterGroup"] = "default.aurora-postgresql16",
            ["DBSubnetGroup"] = "default",
            ["Status"] = "available",
            ["Endpoint"] = $"{ClusterId(cell, index)}.cluster-x.{cell.Region}.rds.amazonaws.com",
            ["MultiAZ"] = true,
            ["Engine"] = "aurora-postgresql",
            ["EngineVersion"] = "16.4",
            ["Port"] = 5432,
            ["StorageEncrypted"] = true,
            ["KmsKeyId"] = cell.Arn("kms", "key/" + cell.Uuid("key", 0)),
            ["DbClusterResourceId"] = "cluster-" + Mix.Letters(cell.Hash("cluster-resource", index), 26),
            ["DBClusterArn"] = cell.Arn("rds", "cluster:" + ClusterId(cell, index)),
            ["ClusterCreateTime"] = cell.DaysAgo("cluster", index, 50, 500),
            ["DeletionProtection"] = true,
            ["TagList"] = Json.Tags(cell, "cluster", index),
        },
        Variants = [Variant.Fault("RDS.ClusterMultiAz", (cluster, _, _) => cluster["MultiAZ"] = false)],
    };

    private static readonly ResourceType DbSnapshots = new("db-snapshot")
    {
        Fixed = 1,
        Id = SnapshotId,
        Good = (cell, index) => new JsonObject
        {
            ["DBSnapshotIdentifier"] = SnapshotId(cell, index),
            ["DBInstanceIdentifier"] = "orders",
            ["SnapshotCreateTime"] = cell.DaysAgo("db-snapshot", index, 2, 200),
            ["Engine"] = "postgres",
            ["AllocatedStorage"] = 20,
            ["Status"] = "available",
            ["Port"] = 5432,
            ["AvailabilityZone"] = cell.Zone(index),
            ["EngineVersion"] = "16.4",
            ["SnapshotType"] = "manual",
            ["PercentProgress"] = 100,
            ["StorageType"] = "gp3",
            ["Encrypted"] = false,
            ["DBSnapshotArn"] = cell.Arn("rds", "snapshot:" + SnapshotId(cell, index)),
            ["IAMDatabaseAuthenticationEnabled"] = false,
            ["TagList"] = Json.Tags(cell, "db-snapshot", index),
            [Attributes] = new JsonArray(),
        },
        Variants =
        [
            Variant.Fault("RDS.SnapshotPublic", (snapshot, _, _) => snapshot[Attributes] = Json.Texts("all")),
            Variant.Trap((snapshot, cell, _) => snapshot[Attributes] = Json.Texts(cell.Organization.Management.Id)),
        ],
    };

    private static readonly ResourceType FileSystems = new("file-system")
    {
        Fixed = 1,
        IsWorkload = true,
        Id = FileSystemId,
        Good = (cell, index) => new JsonObject
        {
            ["OwnerId"] = cell.AccountId,
            ["CreationToken"] = cell.Uuid("efs-token", index),
            ["FileSystemId"] = FileSystemId(cell, index),
            ["FileSystemArn"] = cell.Arn("elasticfilesystem", "file-system/" + FileSystemId(cell, index)),
            ["CreationTime"] = cell.DaysAgo("efs", index, 50, 600),
            ["LifeCycleState"] = "available",
            ["Name"] = "shared-" + index,
            ["NumberOfMountTargets"] = 2,
            ["SizeInBytes"] = new JsonObject { ["Value"] = 6144, ["ValueInIA"] = 0, ["ValueInStandard"] = 6144 },
            ["PerformanceMode"] = "generalPurpose",
            ["Encrypted"] = true,
            ["KmsKeyId"] = cell.Arn("kms", "key/" + cell.Uuid("key", 0)),
            ["ThroughputMode"] = "elastic",
            ["Tags"] = Json.Tags(cell, "efs", index, "shared-" + index),
            [Policy] = ResourcePolicies.OfOwner(cell, "elasticfilesystem:ClientMount"),
        },
        Variants =
        [
            Variant.Fault("EFS.FileSystemEncryption", (system, _, _) => Plain(system)),
            Variant.Trap((system, _, _) => system.Remove(Policy)),
            .. ResourcePolicies.VariantsOf("EFS.FileSystemPublicPolicy", "elasticfilesystem:ClientMount", Policy),
        ],
    };

    private static readonly ResourceType Vaults = new("vault")
    {
        Fixed = 1,
        Id = VaultName,
        Good = (cell, index) => new JsonObject
        {
            ["VaultARN"] = cell.Arn("glacier", "vaults/" + VaultName(cell, index)),
            ["VaultName"] = VaultName(cell, index),
            ["CreationDate"] = cell.DaysAgo(800),
            ["NumberOfArchives"] = 12,
            ["SizeInBytes"] = 40960,
            [Policy] = ResourcePolicies.OfOwner(cell, "glacier:*"),
        },
        Variants =
        [
            Variant.Trap((vault, _, _) => vault.Remove(Policy)),
            .. ResourcePolicies.VariantsOf("Glacier.VaultPublicPolicy", "glacier:UploadArchive", Policy),
        ],
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Instances, Clusters, DbSnapshots, FileSystems, Vaults];

    public static void Register(HandlerTable table)
    {
        table.List("rds", "DescribeDBInstances", "DBInstances", Instances);
        table.List("rds", "DescribeDBClusters", "DBClusters", Clusters);
        table["rds", "DescribeDBSnapshots"] = call => Answer.Of("DBSnapshots", Without(call.Cell, DbSnapshots, Attributes));
        table["rds", "DescribeDBSnapshotAttributes"] = SnapshotAttributes;
        table["efs", "DescribeFileSystems"] = call => Answer.Of("FileSystems", Without(call.Cell, FileSystems, Policy));
        table["efs", "DescribeFileSystemPolicy"] = FileSystemPolicy;
        table["efs", "DescribeBackupPolicy"] = _ => new JsonObject { ["BackupPolicy"] = new JsonObject { ["Status"] = "ENABLED" } };
        table["glacier", "ListVaults"] = call => Answer.Of("VaultList", Without(call.Cell, Vaults, Policy));
        table["glacier", "GetVaultAccessPolicy"] = VaultPolicy;
    }

    private static string ClusterId(Cell cell, int index) => "aurora-" + Mix.Hex(cell.Hash("db-cluster", index), 6);

    private static string SnapshotId(Cell cell, int index) => "before-upgrade-" + Mix.Hex(cell.Hash("db-snapshot", index), 6);

    private static string FileSystemId(Cell cell, int index) => cell.Id("fs-", "file-system", index);

    private static string VaultName(Cell cell, int index) => "archive-" + Mix.Hex(cell.Hash("vault", index), 6);

    private static LazyList Without(Cell cell, ResourceType type, string member) => new(type.Count(cell), index =>
    {
        var resource = type.Build(cell, index);
        resource.Remove(member);
        return resource;
    });

    private static JsonObject DbInstance(Cell cell, int index) => new()
    {
        ["DBInstanceIdentifier"] = Instances.Id(cell, index),
        ["DBInstanceClass"] = "db.t4g.medium",
        ["Engine"] = "postgres",
        ["DBInstanceStatus"] = "available",
        ["MasterUsername"] = "postgres",
        ["Endpoint"] = new JsonObject { ["Address"] = $"{Instances.Id(cell, index)}.x.{cell.Region}.rds.amazonaws.com", ["Port"] = 5432, ["HostedZoneId"] = "Z2R2ITUGPM61AM" },
        ["AllocatedStorage"] = 20,
        ["InstanceCreateTime"] = cell.DaysAgo("db-instance", index, 50, 500),
        ["PreferredBackupWindow"] = "03:00-03:30",
        ["BackupRetentionPeriod"] = 7,
        ["DBSecurityGroups"] = new JsonArray(),
        ["VpcSecurityGroups"] = Json.List(new JsonObject { ["VpcSecurityGroupId"] = cell.Id("sg-", "security-group", 0), ["Status"] = "active" }),
        ["AvailabilityZone"] = cell.Zone(index),
        ["MultiAZ"] = true,
        ["EngineVersion"] = "16.4",
        ["AutoMinorVersionUpgrade"] = true,
        ["LicenseModel"] = "postgresql-license",
        ["PubliclyAccessible"] = false,
        ["StorageType"] = "gp3",
        ["StorageEncrypted"] = true,
        ["KmsKeyId"] = cell.Arn("kms", "key/" + cell.Uuid("key", 0)),
        ["DbiResourceId"] = "db-" + Mix.Letters(cell.Hash("dbi", index), 26),
        ["CopyTagsToSnapshot"] = true,
        ["DBInstanceArn"] = cell.Arn("rds", "db:" + Instances.Id(cell, index)),
        ["IAMDatabaseAuthenticationEnabled"] = true,
        ["DeletionProtection"] = true,
        ["TagList"] = Json.Tags(cell, "db-instance", index),
    };

    private static void Unencrypted(JsonObject instance)
    {
        instance["StorageEncrypted"] = false;
        instance.Remove("KmsKeyId");
    }

    /// <summary>An instance of a cluster never says MultiAZ; the cluster does.</summary>
    private static void OfCluster(JsonObject instance, Cell cell)
    {
        instance["DBClusterIdentifier"] = ClusterId(cell, 0);
        instance["Engine"] = "aurora-postgresql";
        instance["MultiAZ"] = false;
    }

    private static void Plain(JsonObject system)
    {
        system["Encrypted"] = false;
        system.Remove("KmsKeyId");
    }

    private static JsonObject Find(CallContext call, ResourceType type, string member, AwsError missing)
    {
        var wanted = call.Need(member);
        var index = type.IndexOf(call.Cell, wanted);
        return index >= 0 ? type.Build(call.Cell, index) : throw missing;
    }

    private static Answer SnapshotAttributes(CallContext call)
    {
        var snapshot = Find(call, DbSnapshots, "DBSnapshotIdentifier", new AwsError("DBSnapshotNotFound", "DBSnapshot not found.", 404));
        return new JsonObject
        {
            ["DBSnapshotAttributesResult"] = new JsonObject
            {
                ["DBSnapshotIdentifier"] = (string)snapshot["DBSnapshotIdentifier"]!,
                ["DBSnapshotAttributes"] = Json.List(new JsonObject { ["AttributeName"] = "restore", ["AttributeValues"] = snapshot[Attributes]!.DeepClone() }),
            },
        };
    }

    private static Answer FileSystemPolicy(CallContext call)
    {
        var system = Find(call, FileSystems, "FileSystemId", new AwsError("FileSystemNotFound", "File system does not exist.", 404));
        return system[Policy] is { } policy
            ? new JsonObject { ["FileSystemId"] = (string)system["FileSystemId"]!, ["Policy"] = (string)policy! }
            : throw new AwsError("PolicyNotFound", "File system policy does not exist.", 404);
    }

    private static Answer VaultPolicy(CallContext call)
    {
        var vault = Find(call, Vaults, "vaultName", new AwsError("ResourceNotFoundException", "Vault not found.", 404));
        return vault[Policy] is { } policy
            ? new JsonObject { ["policy"] = new JsonObject { ["Policy"] = (string)policy! } }
            : throw new AwsError("ResourceNotFoundException", "No vault access policy is set.", 404);
    }
}
