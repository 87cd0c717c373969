using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>HashiCorp's parser finds in a Terraform file what the role says.</summary>
public sealed class TerraformTests
{
    private const string Partition = "${data.aws_partition.current.partition}";

    [HclFact]
    public void EveryPresetSaysInTerraformWhatItsRoleSays() =>
        AssertSaid([.. TestRoles.Presets().Select(preset => TestRoles.Of(preset.Vendor, preset.Part)), TestRoles.Hostile]);

    [HclFact]
    public void WhateverTheTextsTheyAreReadAsTheyWereMeant()
    {
        string[] pieces = ["a", "\"", "'", "\\", " ", "%", "%%", "%{", "$", "$$", "${", "${a}", "%{ if }", "}", "{", "#", "//", "/*", "<<EOT", "é", "ß", "`", "!", "=", "~}", "\u00A1"];
        var texts = from parts in Gen.NonEmptyListOf(Gen.Elements(pieces)) select string.Concat(parts) is var text && text.Length > 900 ? text[..900] : string.Concat(parts);
        var allowed = Gen.NonEmptyListOf(Gen.Elements("a", " ", "_", ".", ":", "/", "=", "+", "-", "@")).Select(parts => string.Concat(parts) is var text && text.Length > 100 ? text[..100] : string.Concat(parts));
        var roles = from description in texts
                    from key in allowed
                    from value in allowed
                    from condition in texts
                    select TestRoles.Hostile with
                    {
                        Description = description,
                        Tags = new Dictionary<string, string> { [key.Trim() + "k"] = value },
                        InlinePolicies = [new NamedPolicy("Inline", new JsonObject
                        {
                            ["Version"] = "2012-10-17",
                            ["Statement"] = new JsonArray(new JsonObject
                            {
                                ["Effect"] = "Allow",
                                ["Action"] = "s3:ListAllMyBuckets",
                                ["Resource"] = "*",
                                ["Condition"] = new JsonObject { ["StringLike"] = new JsonObject { ["aws:PrincipalTag/" + key.Trim()] = new JsonArray(condition, "${aws:username}") } },
                            }),
                        }.ToJsonString())],
                    };
        AssertSaid([.. roles.Sample(60)]);
    }

    private static void AssertSaid(IReadOnlyList<RoleSpec> roles)
    {
        var files = Hcl.Parse(roles.Select(role => Template.Write(TemplateFormat.Terraform, new TemplateRequest { Role = role })));
        foreach (var (role, file) in roles.Zip(files))
        {
            var resources = Meant(file!["resource"])!;
            var reader = resources["aws_iam_role"]!["reader"]![0]!;
            Assert.Equal((role.RoleName, role.Path), ((string)reader["name"]!, (string)reader["path"]!));
            Assert.Equal(role.Description, (string?)reader["description"] ?? "");
            Assert.Equal(role.MaxSessionDuration, (int)reader["max_session_duration"]!);
            AssertEqual(JsonNode.Parse(role.TrustPolicy), reader["assume_role_policy"]);
            AssertEqual(new JsonObject(role.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))), reader["tags"] ?? new JsonObject());
            AssertEqual(Documents(role.CustomPolicies), Policies(resources, "aws_iam_policy"));
            AssertEqual(Documents(role.InlinePolicies), Policies(resources, "aws_iam_role_policy"));
            Assert.Equal(
                role.ManagedPolicies.Select(role.ManagedPolicyArn).Order(),
                resources["aws_iam_role_policy_attachment"]?.AsObject().Select(attached => (string)attached.Value![0]!["policy_arn"]!).Where(arn => arn.StartsWith("arn:")).Order() ?? Enumerable.Empty<string>());
            Assert.Equal(role.ExternalId, (string?)Meant(file["output"])!["external_id"]?[0]!["value"]);
        }
    }

    private static JsonObject Documents(IEnumerable<NamedPolicy> policies) =>
        new(policies.Select(policy => KeyValuePair.Create(policy.Name, JsonNode.Parse(policy.Document))));

    private static JsonObject Policies(JsonNode resources, string type) =>
        new(resources[type]?.AsObject().Select(policy => KeyValuePair.Create((string)policy.Value![0]!["name"]!, policy.Value[0]!["policy"]?.DeepClone())) ?? []);

    private static void AssertEqual(JsonNode? expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected?.ToJsonString()}\nis not\n{actual?.ToJsonString()}");

    /// <summary>The parser gives templates as they are written: here they are carried out, in the partition aws.</summary>
    private static JsonNode? Meant(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(Meant(member.Key), Meant(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Meant)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Meant(text),
        _ => node?.DeepClone(),
    };

    private static string Meant(string template) => template.Replace(Partition, "aws").Replace("$${", "${").Replace("%%{", "%{");
}
