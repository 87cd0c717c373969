using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS KMS and AWS Secrets Manager.</summary>
internal static class KeyService
{
    private const string Rotates = "Rotates";
    private const string Policy = "Policy";

    private static readonly ResourceType Keys = new("key")
    {
        Fixed = 1,
        Share = 0.01,
        Id = KeyId,
        Good = Key,
        Variants =
        [
            Variant.Fault("KMS.KeyRotation", (key, _, _) => key[Rotates] = false),
            Variant.Trap((key, _, _) => Asymmetric(key)),
            Variant.Trap((key, _, _) => AwsManaged(key)),
            Variant.Trap((key, cell, _) => Deleted(key, cell)),
            .. ResourcePolicies.VariantsOf("KMS.KeyPublicPolicy", "kms:Decrypt", Policy),
        ],
    };

    private static readonly ResourceType Secrets = new("secret")
    {
        Fixed = 1,
        Share = 0.01,
        Id = SecretName,
        Good = (cell, index) => new JsonObject
        {
            ["ARN"] = SecretArn(cell, index),
            ["Name"] = SecretName(cell, index),
            ["Description"] = "Password of the orders database",
            ["KmsKeyId"] = cell.Arn("kms", "key/" + KeyId(cell, 0)),
            ["RotationEnabled"] = true,
            ["RotationRules"] = new JsonObject { ["AutomaticallyAfterDays"] = 30 },
            ["LastChangedDate"] = cell.DaysAgo("secret", index, 1, 29),
            ["LastAccessedDate"] = cell.DaysAgo(1),
            ["CreatedDate"] = cell.DaysAgo("secret-made", index, 100, 500),
            ["Tags"] = Json.Tags(cell, "secret", index),
            ["SecretVersionsToStages"] = new JsonObject { [cell.Uuid("secret-version", index)] = Json.Texts("AWSCURRENT") },
            [Policy] = ResourcePolicies.OfOwner(cell, "secretsmanager:GetSecretValue"),
        },
        Variants = ResourcePolicies.VariantsOf("SecretsManager.SecretPublicPolicy", "secretsmanager:GetSecretValue", Policy),
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Keys, Secrets];

    public static void Register(HandlerTable table)
    {
        table["kms", "ListKeys"] = call => Answer.Of("Keys", new LazyList(Keys.Count(call.Cell), index => new JsonObject
        {
            ["KeyId"] = KeyId(call.Cell, index),
            ["KeyArn"] = KeyArn(call.Cell, index),
        }));
        table["kms", "DescribeKey"] = call => new JsonObject { ["KeyMetadata"] = Metadata(Find(call)) };
        table["kms", "GetKeyRotationStatus"] = RotationStatus;
        table["kms", "GetKeyPolicy"] = call => new JsonObject { ["Policy"] = (string)Find(call)[Policy]!, ["PolicyName"] = "default" };
        table["secretsmanager", "ListSecrets"] = call => Answer.Of("SecretList", new LazyList(Secrets.Count(call.Cell), index =>
        {
            var secret = Secrets.Build(call.Cell, index);
            secret.Remove(Policy);
            return secret;
        }));
        table["secretsmanager", "GetResourcePolicy"] = SecretPolicy;
    }

    private static string KeyId(Cell cell, int index) => cell.Uuid("key", index);

    private static string KeyArn(Cell cell, int index) => cell.Arn("kms", "key/" + KeyId(cell, index));

    private static string SecretName(Cell cell, int index) => "orders/db-" + Mix.Hex(cell.Hash("secret", index), 6);

    private static string SecretArn(Cell cell, int index) => cell.Arn("secretsmanager", $"secret:{SecretName(cell, index)}-{Mix.Letters(cell.Hash("secret-arn", index), 6)}");

    private static JsonObject Key(Cell cell, int index) => new()
    {
        ["AWSAccountId"] = cell.AccountId,
        ["KeyId"] = KeyId(cell, index),
        ["Arn"] = KeyArn(cell, index),
        ["CreationDate"] = cell.DaysAgo("key", index, 100, 900),
        ["Enabled"] = true,
        ["Description"] = "Application data",
        ["KeyUsage"] = "ENCRYPT_DECRYPT",
        ["KeyState"] = "Enabled",
        ["Origin"] = "AWS_KMS",
        ["KeyManager"] = "CUSTOMER",
        ["CustomerMasterKeySpec"] = "SYMMETRIC_DEFAULT",
        ["KeySpec"] = "SYMMETRIC_DEFAULT",
        ["EncryptionAlgorithms"] = Json.Texts("SYMMETRIC_DEFAULT"),
        ["MultiRegion"] = false,
        [Rotates] = true,
        [Policy] = ResourcePolicies.OfOwner(cell, "kms:*"),
    };

    private static void Asymmetric(JsonObject key)
    {
        (key["KeySpec"], key["CustomerMasterKeySpec"]) = ("RSA_2048", "RSA_2048");
        key["KeyUsage"] = "SIGN_VERIFY";
        key.Remove("EncryptionAlgorithms");
        key["SigningAlgorithms"] = Json.Texts("RSASSA_PSS_SHA_256");
        key[Rotates] = false;
    }

    private static void AwsManaged(JsonObject key)
    {
        key["KeyManager"] = "AWS";
        key["Description"] = "Default key that protects my EBS volumes when no other key is defined";
    }

    private static void Deleted(JsonObject key, Cell cell)
    {
        key["Enabled"] = false;
        key["KeyState"] = "PendingDeletion";
        key["DeletionDate"] = cell.DaysAgo(-10);
        key[Rotates] = false;
    }

    private static JsonObject Metadata(JsonObject key)
    {
        key.Remove(Rotates);
        key.Remove(Policy);
        return key;
    }

    private static JsonObject Find(CallContext call)
    {
        var wanted = call.Need("KeyId");
        var index = Keys.IndexOf(call.Cell, After(call.Cell.Arn("kms", "key/"), wanted));
        return index >= 0 ? Keys.Build(call.Cell, index) : throw new AwsError("NotFoundException", $"Key '{wanted}' does not exist");
    }

    private static string SecretNameOf(Cell cell, string nameOrArn)
    {
        // An ARN ends in a dash and six characters that AWS drew.
        var name = After(cell.Arn("secretsmanager", "secret:"), nameOrArn);
        return name == nameOrArn || name.Length < 7 ? name : name[..^7];
    }

    private static string After(string prefix, string text) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    private static Answer RotationStatus(CallContext call)
    {
        var key = Find(call);
        return (string)key["KeySpec"]! != "SYMMETRIC_DEFAULT"
            ? throw new AwsError("UnsupportedOperationException", $"{key["Arn"]} is not a symmetric key.")
            : new JsonObject { ["KeyRotationEnabled"] = (bool)key[Rotates]!, ["KeyId"] = (string)key["KeyId"]! };
    }

    private static Answer SecretPolicy(CallContext call)
    {
        var wanted = call.Need("SecretId");
        var index = Secrets.IndexOf(call.Cell, SecretNameOf(call.Cell, wanted));
        return index < 0
            ? throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
            : new JsonObject { ["ARN"] = SecretArn(call.Cell, index), ["Name"] = SecretName(call.Cell, index), ["ResourcePolicy"] = (string)Secrets.Build(call.Cell, index)[Policy]! };
    }
}
