using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>What the commands that a script gave the AWS CLI mean.</summary>
internal static class ScriptCalls
{
    /// <summary>Asserts that they make the role.</summary>
    public static void AssertSay(RoleSpec role, IReadOnlyList<string[]> calls)
    {
        var policy = calls.First(call => call[1] == "create-policy");
        Assert.Equal(role.Path, (string?)Value(policy, "Path"));
        Assert.Equal(role.Description, (string?)Value(policy, "Description"));
        AssertSame(role.CustomPolicies[0].Document, Value(policy, "PolicyDocument"));
        var created = Assert.Single(calls, call => call[1] == "create-role");
        Assert.Equal(role.RoleName, (string?)Value(created, "RoleName"));
        Assert.Equal("7200", Value(created, "MaxSessionDuration")?.ToString());
        AssertSame(role.TrustPolicy, Value(created, "AssumeRolePolicyDocument"));
        AssertSame("""[{"Key":"cost center","Value":"R=D + 1"},{"Key":"owner","Value":""}]""", Value(created, "Tags"));
        Assert.Equal(
            ["arn:aws:iam::aws:policy/SecurityAudit", .. role.CustomPolicies.Select(custom => $"arn:aws:iam::{TestRoles.Hub}:policy{role.Path}{custom.Name}")],
            calls.Where(call => call[1] == "attach-role-policy").Select(call => (string?)Value(call, "PolicyArn")));
    }

    /// <summary>What an option says, or the input in its place.</summary>
    /// <param name="call">The arguments.</param>
    /// <param name="member">The name in the operation's input (<c>RoleName</c>).</param>
    public static JsonNode? Value(string[] call, string member)
    {
        var option = "-" + string.Concat(member.Select(letter => char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString()));
        for (var index = 2; index < call.Length; index++)
        {
            if (call[index] == option)
            {
                return call[index + 1].StartsWith('{') || call[index + 1].StartsWith('[') ? JsonNode.Parse(call[index + 1]) : JsonValue.Create(call[index + 1]);
            }

            if (call[index].StartsWith(option + "=", StringComparison.Ordinal))
            {
                return JsonValue.Create(call[index][(option.Length + 1)..]);
            }

            if (call[index] == "--cli-input-json" && JsonNode.Parse(call[index + 1])![member] is { } node)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Asserts that a document means another; in the input it is a text.</summary>
    public static void AssertSame(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual is JsonValue text ? JsonNode.Parse((string)text!) : actual), actual?.ToJsonString());
}
