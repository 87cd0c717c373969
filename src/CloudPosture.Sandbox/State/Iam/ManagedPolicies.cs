using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>Some of the policies that AWS manages, SecurityAudit to the letter and the others about as AWS has them.</summary>
internal static class ManagedPolicies
{
    private static readonly Dictionary<string, string> Documents = new(StringComparer.Ordinal)
    {
        ["SecurityAudit"] = Allow(SecurityAuditActions()),
        ["ReadOnlyAccess"] = Allow("*:Get*", "*:List*", "*:Describe*", "iam:Generate*", "apigateway:GET"),
        ["ViewOnlyAccess"] = Allow("*:List*", "*:Describe*"),
        ["AdministratorAccess"] = Allow("*"),
        ["AWSSupportAccess"] = Allow("support:*", "support-console:*"),
        ["AWSCloudShellFullAccess"] = Allow("cloudshell:*"),
        ["AmazonSSMManagedInstanceCore"] = Allow("ssm:UpdateInstanceInformation", "ssmmessages:*", "ec2messages:*"),
        ["AmazonInspector2ReadOnlyAccess"] = Allow("inspector2:Get*", "inspector2:List*", "inspector2:BatchGet*"),
    };

    public static string Arn(string name) => "arn:aws:iam::aws:policy/" + (name == "ViewOnlyAccess" ? "job-function/" : "") + name;

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

    // A line of the file is a service and its actions, parted by commas.
    private static IEnumerable<string> SecurityAuditActions()
    {
        using var text = new StreamReader(typeof(ServiceModels).Assembly.GetManifestResourceStream("onboarding/security-audit.txt")!);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' '))
            .SelectMany(parts => parts[1].Split(',').Select(action => $"{parts[0]}:{action}"))];
    }

    private static string Allow(params IEnumerable<string> actions) =>
        Json.Policy(Json.Statement("Allow", null, actions.ToList() is [var only] ? only : Json.Texts(actions), "*"));
}
