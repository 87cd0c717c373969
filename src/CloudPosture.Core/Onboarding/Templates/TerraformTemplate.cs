using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Writes Terraform's HCL.</summary>
internal static class TerraformTemplate
{
    private const string Partition = "${data.aws_partition.current.partition}";

    public static string Write(RoleSpec role)
    {
        var text = new StringBuilder("""
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 4.0"
                }
              }
            }

            data "aws_partition" "current" {}

            """.Replace("\r\n", "\n"));
        Block(text, "resource \"aws_iam_role\" \"reader\"", RoleArguments(role));
        foreach (var (policy, index) in role.ManagedPolicies.Select((policy, index) => (policy, index)))
        {
            Attach(text, $"managed{Number(index)}", Text(role.ManagedPolicyArn(policy), role));
        }

        foreach (var (policy, index) in role.CustomPolicies.Select((policy, index) => (policy, index)))
        {
            Block(text, $"resource \"aws_iam_policy\" \"custom{Number(index)}\"",
            [
                ("name", Text(policy.Name)),
                ("path", Text(role.Path)),
                ("description", Optional(role.Description)),
                ("policy", Json(JsonNode.Parse(policy.Document)!, role)),
                ("tags", Tags(role)),
            ]);
            Attach(text, $"custom{Number(index)}", $"aws_iam_policy.custom{Number(index)}.arn");
        }

        foreach (var (policy, index) in role.InlinePolicies.Select((policy, index) => (policy, index)))
        {
            Block(text, $"resource \"aws_iam_role_policy\" \"inline{Number(index)}\"",
            [
                ("name", Text(policy.Name)),
                ("role", "aws_iam_role.reader.name"),
                ("policy", Json(JsonNode.Parse(policy.Document)!, role)),
            ]);
        }

        if (role.NeedsInstanceProfile)
        {
            Block(text, "resource \"aws_iam_instance_profile\" \"reader\"",
            [
                ("name", "aws_iam_role.reader.name"),
                ("path", Text(role.Path)),
                ("role", "aws_iam_role.reader.name"),
                ("tags", Tags(role)),
            ]);
        }

        Block(text, "output \"role_arn\"", [("value", "aws_iam_role.reader.arn")]);
        if (role.ExternalId is { } externalId)
        {
            Block(text, "output \"external_id\"", [("value", Text(externalId))]);
        }

        return text.ToString();
    }

    private static (string Name, string? Value)[] RoleArguments(RoleSpec role) =>
    [
        ("name", Text(role.RoleName)),
        ("path", Text(role.Path)),
        ("description", Optional(role.Description)),
        ("max_session_duration", role.MaxSessionDuration.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("permissions_boundary", role.PermissionsBoundary is { } boundary ? Text(boundary, role) : null),
        ("assume_role_policy", Json(JsonNode.Parse(role.TrustPolicy)!, role)),
        ("tags", Tags(role)),
    ];

    private static void Attach(StringBuilder text, string name, string arn) =>
        Block(text, $"resource \"aws_iam_role_policy_attachment\" \"{name}\"", [("role", "aws_iam_role.reader.name"), ("policy_arn", arn)]);

    private static void Block(StringBuilder text, string header, IEnumerable<(string Name, string? Value)> arguments)
    {
        var given = arguments.Where(argument => argument.Value is not null).Select(argument => (argument.Name, argument.Value!));
        text.Append('\n').Append(header).Append(" {\n").Append(Aligned(given, "  ")).Append("\n}\n");
    }

    /// <summary>As terraform fmt does it: neighbours that fit on a line have their equals signs under each other.</summary>
    private static string Aligned(IEnumerable<(string Name, string Value)> arguments, string indent)
    {
        var lines = new List<string>();
        var run = new List<(string Name, string Value)>();
        foreach (var argument in arguments)
        {
            if (argument.Value.Contains("\n"))
            {
                Flush();
                lines.Add($"{indent}{argument.Name} = {argument.Value}");
            }
            else
            {
                run.Add(argument);
            }
        }

        Flush();
        return string.Join("\n", lines);

        void Flush()
        {
            lines.AddRange(run.Select(argument => $"{indent}{argument.Name.PadRight(run.Max(other => other.Name.Length))} = {argument.Value}"));
            run.Clear();
        }
    }

    private static string? Tags(RoleSpec role) =>
        role.Tags.Count == 0 ? null : Value(new JsonObject(role.Tags.Select(tag => new KeyValuePair<string, JsonNode?>(tag.Key, tag.Value))), role, 2);

    private static string Json(JsonNode node, RoleSpec role) => $"jsonencode({Value(node, role, 2)})";

    private static string Value(JsonNode? node, RoleSpec role, int depth)
    {
        var indent = new string(' ', depth + 2);
        var close = "\n" + new string(' ', depth);
        return node switch
        {
            JsonObject map => "{\n" + Aligned(map.Select(member => (Text(member.Key), Value(member.Value, role, depth + 2))), indent) + close + "}",
            JsonArray list => "[\n" + string.Join("\n", list.Select(item => $"{indent}{Value(item, role, depth + 2)},")) + close + "]",
            JsonValue value when value.TryGetValue<string>(out var text) => Text(text, role),
            _ => node?.ToJsonString() ?? "null",
        };
    }

    private static string? Optional(string text) => text.Length == 0 ? null : Text(text);

    /// <summary>An ARN that follows the partition of the provider.</summary>
    private static string Text(string text, RoleSpec role)
    {
        var prefix = $"arn:{role.Partition}:";
        return text.StartsWith(prefix, System.StringComparison.Ordinal)
            ? $"\"arn:{Partition}:{Escape(text.Substring(prefix.Length))}\""
            : Text(text);
    }

    private static string Text(string text) => $"\"{Escape(text)}\"";

    private static string Escape(string text) => text
        .Replace("\\", "\\\\")
        .Replace("\"", "\\\"")
        .Replace("\n", "\\n")
        .Replace("\r", "\\r")
        .Replace("\t", "\\t")
        .Replace("${", "$${")
        .Replace("%{", "%%{");

    private static string Number(int index) => index == 0 ? "" : $"_{index + 1}";
}
