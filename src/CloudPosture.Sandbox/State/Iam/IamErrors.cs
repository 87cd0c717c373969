using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>What IAM refuses, in its words.</summary>
internal static class IamErrors
{
    public static AwsError NoSuchEntity(string message) => new("NoSuchEntity", message, 404);

    public static AwsError NoSuchRole(string name) => NoSuchEntity($"The role with name {name} cannot be found.");

    public static AwsError NoSuchPolicy(string arn) => NoSuchEntity($"Policy {arn} does not exist or is not attachable.");

    public static AwsError NoSuchVersion(string arn, string version) => NoSuchEntity($"Policy {arn} version {version} does not exist or is not attachable.");

    public static AwsError AlreadyExists(string message) => new("EntityAlreadyExists", message, 409);

    public static AwsError DeleteConflict(string message) => new("DeleteConflict", message, 409);

    public static AwsError LimitExceeded(string message) => new("LimitExceeded", message, 409);

    public static AwsError Malformed(string message) => new("MalformedPolicyDocument", message);

    public static AwsError InvalidInput(string message) => new("InvalidInput", message);

    public static AwsError Invalid(string message) => new("ValidationError", message);

    public static AwsError Constraint(string value, string member, string constraint) =>
        Invalid($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must {constraint}");
}
