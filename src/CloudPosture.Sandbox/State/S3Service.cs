using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>
/// Amazon S3 and its account-wide settings. A bucket is listed everywhere and answers in its own Region alone; the trail writes into one,
/// which logs into another, and whether a policy is public is S3's own judgement.
/// </summary>
internal static class S3Service
{
    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    private static readonly string[] BlockSettings = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    public static ResourceType Buckets { get; } = new("bucket")
    {
        IsGlobal = true,
        Fixed = 3,
        Share = 0.005,
        Id = Name,
        Good = Bucket,
        Region = (cell, index) => RegionOf(cell, index),
        IsShielded = (cell, rule) => rule == "S3.BucketPublicAccessBlock" && !cell.Fails("S3.AccountPublicAccessBlock"),
        Variants =
        [
            Variant.Fault(["S3.BucketPublicPolicy", "S3.BucketPublicAccessBlock"], (bucket, _, _) => Open(bucket, Grant(bucket, "*"))),
            Variant.Fault(["S3.BucketPublicPolicy", "S3.BucketPublicAccessBlock"], (bucket, _, _) => Open(bucket, Grant(bucket, new JsonObject { ["AWS"] = Json.Texts("*") }))),
            Variant.Fault(["S3.BucketPublicAcl", "S3.BucketPublicAccessBlock"], (bucket, _, _) => PublicAcl(bucket)),
            Variant.Fault("S3.BucketSecureTransport", (bucket, _, _) => bucket.Remove("Policy")),
            Variant.Fault("S3.BucketMfaDelete", (bucket, _, _) => bucket["Versioning"] = new JsonObject { ["Status"] = "Enabled", ["MFADelete"] = "Disabled" }),
            Variant.Fault("S3.BucketMfaDelete", (bucket, _, _) => bucket["Versioning"] = new JsonObject()),
            Variant.Fault("S3.BucketPublicAccessBlock", (bucket, _, _) => bucket["PublicAccessBlock"]!["RestrictPublicBuckets"] = false),
            Variant.Fault("S3.BucketPublicAccessBlock", (bucket, _, _) => bucket.Remove("PublicAccessBlock")),
            Variant.Trap((bucket, cell, _) => AddStatement(bucket, Grant(bucket, "*", Json.Condition("StringEquals", "aws:PrincipalOrgID", cell.Organization.Id)))),
            Variant.Trap((bucket, cell, _) => AddStatement(bucket, Grant(bucket, "*", Json.Condition("StringEquals", "aws:SourceAccount", cell.AccountId)))),
            Variant.Trap((bucket, cell, _) => AddStatement(bucket, Grant(bucket, Json.Principal("AWS", $"arn:aws:iam::{cell.Organization.Management.Id}:root")))),
        ],
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Buckets];

    public static string TrailBucket(Cell cell) => Name(cell, 0);

    /// <summary>A bucket that nothing logs access to, for the trail that must fail for it.</summary>
    public static string UnloggedBucket(Cell cell) => Name(cell, 2);

    public static void Register(HandlerTable table)
    {
        table["s3", "ListBuckets"] = call => new Answer
        {
            Body = new JsonObject { ["Owner"] = Owner(call.Cell) },
            Lists = [("Buckets", new LazyList(Buckets.Count(call.Global), index => Json.Pick(Buckets.Build(call.Global, index), "Name", "CreationDate")))],
        };
        table["s3", "GetBucketLocation"] = call => new JsonObject { ["LocationConstraint"] = (string)Find(call)["Location"]! is var region && region == "us-east-1" ? "" : region };
        Register(table, "GetBucketEncryption", "Encryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found");
        Register(table, "GetBucketPolicy", "Policy", "Policy", "NoSuchBucketPolicy", "The bucket policy does not exist");
        Register(table, "GetPublicAccessBlock", "PublicAccessBlock", "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
        Register(table, "GetBucketOwnershipControls", "Ownership", "OwnershipControls", "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
        Register(table, "GetBucketTagging", "Tags", "TagSet", "NoSuchTagSet", "The TagSet does not exist");
        Register(table, "GetBucketLifecycleConfiguration", "Lifecycle", "Rules", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
        Register(table, "GetBucketReplication", "Replication", "ReplicationConfiguration", "ReplicationConfigurationNotFoundError", "The replication configuration was not found");
        Register(table, "GetObjectLockConfiguration", "ObjectLock", "ObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket");
        table["s3", "GetBucketNotificationConfiguration"] = call => Find(call)["Notification"] is { } notification ? notification.DeepClone().AsObject() : new JsonObject();
        table["s3", "GetBucketPolicyStatus"] = PolicyStatus;
        table["s3", "GetBucketAcl"] = call => Find(call)["Acl"]!.DeepClone().AsObject();
        table["s3", "GetBucketVersioning"] = call => Find(call)["Versioning"]!.DeepClone().AsObject();
        table["s3", "GetBucketLogging"] = call => Find(call)["Logging"] is { } logging ? new JsonObject { ["LoggingEnabled"] = logging.DeepClone() } : new JsonObject();
        table["s3control", "GetPublicAccessBlock"] = AccountBlock;
    }

    private static void Register(HandlerTable table, string operation, string part, string member, string code, string message) =>
        table["s3", operation] = call => Find(call)[part] is { } value
            ? new JsonObject { [member] = value.DeepClone() }
            : throw new AwsError(code, message, 404);

    private static string Name(Cell cell, int index) => index switch
    {
        0 => "cloudtrail-" + cell.AccountId,
        1 => "access-logs-" + cell.AccountId,
        2 => "old-trail-" + cell.AccountId,
        _ => $"data-{cell.AccountId}-{Mix.Hex(cell.Hash("bucket", index), 8)}",
    };

    private static string RegionOf(Cell cell, int index) => cell.Organization.Regions[index < 3 ? 0 : index % cell.Organization.Regions.Count];

    private static JsonObject Bucket(Cell cell, int index)
    {
        var name = Name(cell, index);
        var bucket = new JsonObject
        {
            ["Name"] = name,
            ["CreationDate"] = cell.DaysAgo("bucket", index, 100, 900),
            ["Location"] = RegionOf(cell, index),
            ["Encryption"] = new JsonObject
            {
                ["Rules"] = Json.List(new JsonObject
                {
                    ["ApplyServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "AES256" },
                    ["BucketKeyEnabled"] = false,
                }),
            },
            ["Policy"] = Json.Policy(StatementsOf(cell, index, name)),
            ["Acl"] = new JsonObject { ["Owner"] = Owner(cell), ["Grants"] = Json.List(Grantee(new JsonObject { ["ID"] = OwnerId(cell), ["Type"] = "CanonicalUser" }, "FULL_CONTROL")) },
            ["PublicAccessBlock"] = Block(true),
            ["Versioning"] = new JsonObject { ["Status"] = "Enabled", ["MFADelete"] = "Enabled" },
            ["Ownership"] = new JsonObject { ["Rules"] = Json.List(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
            ["Tags"] = Json.Tags(cell, "bucket", index),
        };
        if (index is not (1 or 2))
        {
            bucket["Logging"] = new JsonObject { ["TargetBucket"] = Name(cell, 1), ["TargetPrefix"] = name + "/" };
        }

        return bucket;
    }

    private static IEnumerable<JsonNode> StatementsOf(Cell cell, int index, string name)
    {
        yield return Json.Statement("Deny", "*", "s3:*", Json.Texts($"arn:aws:s3:::{name}", $"arn:aws:s3:::{name}/*"), Json.Condition("Bool", "aws:SecureTransport", "false"));
        if (index is 0 or 2)
        {
            yield return Json.Statement("Allow", Json.Principal("Service", "cloudtrail.amazonaws.com"), "s3:PutObject", $"arn:aws:s3:::{name}/AWSLogs/{cell.AccountId}/*",
                Json.Condition("StringEquals", "aws:SourceAccount", cell.AccountId));
        }
    }

    private static JsonObject Grant(JsonObject bucket, JsonNode principal, JsonNode? condition = null) =>
        Json.Statement("Allow", principal, "s3:GetObject", $"arn:aws:s3:::{bucket["Name"]}/*", condition);

    private static void AddStatement(JsonObject bucket, JsonObject statement)
    {
        var policy = JsonNode.Parse((string)bucket["Policy"]!)!;
        bucket["Policy"] = Json.Policy([.. policy["Statement"]!.AsArray().Select(item => item!.DeepClone()), statement]);
    }

    private static void Open(JsonObject bucket, JsonObject statement)
    {
        AddStatement(bucket, statement);
        bucket["PublicAccessBlock"] = Block(false);
    }

    private static void PublicAcl(JsonObject bucket)
    {
        bucket["Acl"]!["Grants"]!.AsArray().Add(Grantee(new JsonObject { ["Type"] = "Group", ["URI"] = AllUsers }, "READ"));
        bucket["Ownership"]!["Rules"]![0]!["ObjectOwnership"] = "ObjectWriter";
        bucket["PublicAccessBlock"] = Block(false);
    }

    private static JsonObject Grantee(JsonObject grantee, string permission) => new() { ["Grantee"] = grantee, ["Permission"] = permission };

    private static JsonObject Block(bool isOn) => new(BlockSettings.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting, isOn)));

    private static string OwnerId(Cell cell) => Mix.Hex(Mix.Hash(0, cell.AccountId), 32) + Mix.Hex(Mix.Hash(1, cell.AccountId), 32);

    private static JsonObject Owner(Cell cell) => new() { ["ID"] = OwnerId(cell) };

    private static JsonObject Find(CallContext call)
    {
        var name = call.Need("Bucket");
        var cell = call.Global;
        var index = Buckets.IndexOf(cell, name);
        if (index < 0)
        {
            throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
        }

        var bucket = Buckets.Build(cell, index);
        return call.Operation.Name == "GetBucketLocation" || (string)bucket["Location"]! == call.Cell.Region
            ? bucket
            : throw new AwsError("AuthorizationHeaderMalformed", $"The authorization header is malformed; the region '{call.Cell.Region}' is wrong; expecting '{bucket["Location"]}'");
    }

    private static Answer PolicyStatus(CallContext call)
    {
        var bucket = Find(call);
        return bucket["Policy"] is not { } policy
            ? throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
            : new JsonObject { ["PolicyStatus"] = new JsonObject { ["IsPublic"] = IsPublic((string)policy!) } };
    }

    private static bool IsPublic(string policy) => JsonNode.Parse(policy)!["Statement"]!.AsArray().Any(statement =>
        (string?)statement!["Effect"] == "Allow" && statement["Condition"] is null && statement["Principal"]!.ToJsonString().Contains("\"*\"", StringComparison.Ordinal));

    private static Answer AccountBlock(CallContext call)
    {
        if (call.Text("AccountId") != call.Cell.AccountId)
        {
            throw new AwsError("AccessDenied", "Access Denied", 403);
        }

        return new JsonObject { ["PublicAccessBlockConfiguration"] = call.Global.Fails("S3.AccountPublicAccessBlock") ? Block(false) : Block(true) };
    }
}
