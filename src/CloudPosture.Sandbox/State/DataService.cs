using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>Where files lie: EFS and S3 Glacier.</summary>
internal static class DataService
{
    private const string Policy = "Policy";

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

    public static IReadOnlyList<ResourceType> Types { get; } = [FileSystems, Vaults];

    public static void Register(HandlerTable table)
    {
        table["efs", "DescribeFileSystems"] = call => Answer.Of("FileSystems", Without(call.Cell, FileSystems, Policy));
        table["efs", "DescribeFileSystemPolicy"] = FileSystemPolicy;
        table["efs", "DescribeBackupPolicy"] = _ => new JsonObject { ["BackupPolicy"] = new JsonObject { ["Status"] = "ENABLED" } };
        table["glacier", "ListVaults"] = call => Answer.Of("VaultList", Without(call.Cell, Vaults, Policy));
        table["glacier", "GetVaultAccessPolicy"] = VaultPolicy;
    }

    private static string FileSystemId(Cell cell, int index) => cell.Id("fs-", "file-system", index);

    private static string VaultName(Cell cell, int index) => "archive-" + Mix.Hex(cell.Hash("vault", index), 6);

    private static LazyList Without(Cell cell, ResourceType type, string member) => new(type.Count(cell), index =>
    {
        var resource = type.Build(cell, index);
        resource.Remove(member);
        return resource;
    });

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
