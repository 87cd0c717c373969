using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State;

/// <summary>Some of the policies that AWS manages, with documents that grant about what AWS's own do.</summary>
internal static class ManagedPolicies
{
    private static readonly Dictionary<string, string> Documents = new(StringComparer.Ordinal)
    {
        ["SecurityAudit"] = Allow("access-analyzer:List*", "access-analyzer:Get*", "account:Get*", "apigateway:GET", "cloudformation:Describe*", "cloudformation:List*",
            "cloudfront:Get*", "cloudfront:List*", "cloudtrail:Describe*", "cloudtrail:Get*", "cloudtrail:List*", "cloudwatch:Describe*", "config:Describe*", "config:Get*",
            "ec2:Describe*", "ec2:Get*", "elasticfilesystem:Describe*", "elasticloadbalancing:Describe*", "events:Describe*", "events:List*", "glacier:Get*", "glacier:List*",
            "guardduty:Get*", "guardduty:List*", "iam:Generate*", "iam:Get*", "iam:List*", "kms:Describe*", "kms:Get*", "kms:List*", "lambda:Get*", "lambda:List*",
            "logs:Describe*", "macie2:Get*", "macie2:List*", "organizations:Describe*", "organizations:List*", "rds:Describe*", "s3:GetAccountPublicAccessBlock", "s3:GetBucket*",
            "s3:GetEncryptionConfiguration", "s3:ListAllMyBuckets", "secretsmanager:Describe*", "secretsmanager:GetResourcePolicy", "secretsmanager:ListSecrets",
            "securityhub:Describe*", "securityhub:Get*", "securityhub:List*", "sns:Get*", "sns:List*", "sqs:GetQueueAttributes", "sqs:ListQueues", "sts:GetCallerIdentity"),
        ["ReadOnlyAccess"] = Allow("*:Get*", "*:List*", "*:Describe*", "iam:Generate*", "apigateway:GET"),
        ["ViewOnlyAccess"] = Allow("*:List*", "*:Describe*"),
        ["AdministratorAccess"] = Allow("*"),
        ["AWSSupportAccess"] = Allow("support:*", "support-console:*"),
        ["AWSCloudShellFullAccess"] = Allow("cloudshell:*"),
        ["AmazonSSMManagedInstanceCore"] = Allow("ssm:UpdateInstanceInformation", "ssmmessages:*", "ec2messages:*"),
        ["AmazonInspector2ReadOnlyAccess"] = Allow("inspector2:Get*", "inspector2:List*", "inspector2:BatchGet*"),
    };

    public static string Arn(string name) => "arn:aws:iam::aws:policy/" + name;

    /// <summary>The default version's document; null for a policy that is not there.</summary>
    public static string? Document(string arn) =>
        arn.StartsWith(Arn(""), StringComparison.Ordinal) ? Documents.GetValueOrDefault(arn[(arn.LastIndexOf('/') + 1)..]) : null;

    /// <summary>A managed policy as IAM describes it in full.</summary>
    public static JsonObject Detail(string arn, string document) => new()
    {
        ["PolicyName"] = arn[(arn.LastIndexOf('/') + 1)..],
        ["PolicyId"] = "ANPA" + Mix.Letters(Mix.Hash(0, arn), 17),
        ["Arn"] = arn,
        ["Path"] = arn[arn.IndexOf('/', StringComparison.Ordinal)..(arn.LastIndexOf('/') + 1)],
        ["DefaultVersionId"] = "v1",
        ["AttachmentCount"] = 1,
        ["IsAttachable"] = true,
        ["PolicyVersionList"] = Json.List(new JsonObject { ["Document"] = document, ["VersionId"] = "v1", ["IsDefaultVersion"] = true }),
    };

    private static string Allow(params IEnumerable<string> actions) =>
        Json.Policy(Json.Statement("Allow", null, actions.ToList() is [var only] ? only : Json.Texts(actions), "*"));
}
