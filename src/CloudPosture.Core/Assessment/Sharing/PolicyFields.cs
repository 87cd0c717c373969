using System;
using System.Collections.Generic;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Sharing;

/// <summary>Where types that others can be let into by a policy of their own hold it, or several that apply together.</summary>
internal static class PolicyFields
{
    private static readonly Dictionary<string, JsonPath[]> Fields = new(StringComparer.Ordinal)
    {
        ["AWS::S3::Bucket"] = [JsonPath.Parse("Policy")],
        ["AWS::SNS::Topic"] = [JsonPath.Parse("Attributes.Policy")],
        ["AWS::SQS::Queue"] = [JsonPath.Parse("Attributes.Policy")],
        ["AWS::KMS::Key"] = [JsonPath.Parse("Policy")],
        ["AWS::Lambda::Function"] = [JsonPath.Parse("Policy")],
        ["AWS::Lambda::Alias"] = [JsonPath.Parse("Policy")],
        ["AWS::Lambda::Version"] = [JsonPath.Parse("Policy")],
        ["AWS::ECR::Repository"] = [JsonPath.Parse("Policy")],
        ["AWS::EFS::FileSystem"] = [JsonPath.Parse("Policy")],
        ["AWS::Events::EventBus"] = [JsonPath.Parse("Policy")],
        ["AWS::Glacier::Vault"] = [JsonPath.Parse("Policy"), JsonPath.Parse("LockPolicy")],
        ["AWS::Logs::ResourcePolicy"] = [JsonPath.Parse("policyDocument")],
        ["AWS::OpenSearchService::Domain"] = [JsonPath.Parse("Domain.AccessPolicies")],
        ["AWS::SecretsManager::Secret"] = [JsonPath.Parse("Policy")],
        ["AWS::SES::EmailIdentity"] = [JsonPath.Parse("Identity.Policies")],
    };

    /// <summary>Where the type's policies are; nowhere where it has none.</summary>
    public static IReadOnlyList<JsonPath> Of(string type) => Fields.TryGetValue(type, out var fields) ? fields : [];
}
