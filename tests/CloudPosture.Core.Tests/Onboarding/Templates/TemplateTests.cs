using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Templates;

public sealed class TemplateTests
{
    public static TheoryData<TemplateFormat> Formats => [.. Enum.GetValues<TemplateFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void EveryPresetCanBeWrittenInEveryForm(TemplateFormat format) =>
        Assert.All(TestRoles.Presets(), preset =>
        {
            var role = TestRoles.Of(preset.Vendor, preset.Part);
            var text = Template.Write(format, new TemplateRequest { Role = role });
            Assert.Contains(role.RoleName, text);
            Assert.DoesNotContain("arn:aws:iam::aws:policy/Rapid7", text);
        });

    [Fact]
    public void YamlAndJsonAreTheSameTemplate()
    {
        if (!ExternalTool.IsHere("python3"))
        {
            return;
        }

        InFolder(folder =>
        {
            foreach (var role in Roles().Append(BeyondTheFirstPlane))
            {
                File.WriteAllText(Path.Combine(folder, "a.yaml"), Template.Write(TemplateFormat.CloudFormation, new TemplateRequest { Role = role }));
                File.WriteAllText(Path.Combine(folder, "b.json"), Template.Write(TemplateFormat.CloudFormationJson, new TemplateRequest { Role = role }));
                const string Compare = """
                    import json, sys
                    try:
                        import yaml
                    except ImportError:
                        print("skipped: python3 has no yaml"); sys.exit()
                    class Loader(yaml.SafeLoader): pass
                    Loader.add_constructor("!Ref", lambda l, n: {"Ref": n.value})
                    Loader.add_constructor("!Sub", lambda l, n: {"Fn::Sub": n.value})
                    Loader.add_constructor("!GetAtt", lambda l, n: {"Fn::GetAtt": n.value.split(".")})
                    a = yaml.load(open("a.yaml", encoding="utf-8"), Loader); b = json.load(open("b.json", encoding="utf-8"))
                    sys.exit(0 if a == b else f"{a}\n{b}")
                    """;
                var (exitCode, output) = ExternalTool.Run(folder, "python3", ["-c", Compare]);
                Assert.True(exitCode == 0, output);
            }
        });
    }

    [Fact]
    public void CfnLintAcceptsTheTemplates()
    {
        if (!ExternalTool.IsHere("cfn-lint"))
        {
            return;
        }

        InFolder(folder =>
        {
            var index = 0;
            // cfn-lint takes the text ${…} for a mistake of the author.
            foreach (var role in Roles().Select(role => role with { Description = role.Description.Replace("$", "") }))
            {
                File.WriteAllText(Path.Combine(folder, $"{index}.yaml"), Template.Write(TemplateFormat.CloudFormation, new TemplateRequest { Role = role }));
                File.WriteAllText(Path.Combine(folder, $"{index}.json"), Template.Write(TemplateFormat.CloudFormationJson, new TemplateRequest { Role = role }));
                File.WriteAllText(Path.Combine(folder, $"{index++}.stackset.yaml"), Template.Write(TemplateFormat.CloudFormationStackSet, new TemplateRequest { Role = role }));
            }

            File.WriteAllText(Path.Combine(folder, "organization.yaml"), Template.Write(TemplateFormat.CloudFormationStackSet, new TemplateRequest
            {
                Role = TestRoles.Of(Vendor.ElasticOrganization),
                Hub = TestRoles.Of(Vendor.ElasticOrganization, RolePart.Hub),
                OrganizationalUnitIds = ["ou-abcd-12345678", "r-abcd"],
            }));
            var (exitCode, output) = ExternalTool.Run(folder, "cfn-lint", Directory.GetFiles(folder));
            Assert.True(exitCode == 0, output);
        });
    }

    [Fact]
    public void TheStackSetIsServiceManagedAndTheManagementAccountGetsARoleOfItsOwn()
    {
        var yaml = Template.Write(TemplateFormat.CloudFormationStackSet, new TemplateRequest
        {
            Role = TestRoles.Of(Vendor.ElasticOrganization),
            Hub = TestRoles.Of(Vendor.ElasticOrganization, RolePart.Hub),
            OrganizationalUnitIds = ["ou-abcd-12345678"],
        });
        Assert.Contains("PermissionModel: SERVICE_MANAGED", yaml);
        Assert.Contains("      AutoDeployment:\n        Enabled: true\n        RetainStacksOnAccountRemoval: false\n", yaml);
        Assert.Contains("      ManagedExecution:\n        Active: true\n", yaml);
        Assert.Contains("Default: ou-abcd-12345678", yaml);
        Assert.Contains("  ReaderRole:\n    Type: AWS::IAM::Role\n    Condition: IncludesManagementAccount\n", yaml);
        Assert.Contains("RoleName: cloudbeat-root", yaml);
        Assert.Contains("DependsOn: HubRole", yaml);
    }

    [Theory]
    [InlineData("ou-1-2")]
    [InlineData("111122223333")]
    public void AUnitOutsideAwsFormIsRefused(string unit) =>
        Assert.Throws<RoleSpecException>(() => Template.Write(TemplateFormat.CloudFormationStackSet, new TemplateRequest { Role = TestRoles.Of(Vendor.Cyscale), OrganizationalUnitIds = [unit] }));

    /// <summary>A batch file in ASCII is read alike in every code page, and its lines have as many bytes as characters.</summary>
    [Fact]
    public void ABatchFileHoldsAsciiAlone() =>
        Assert.All(Template.Write(TemplateFormat.Cmd, new TemplateRequest { Role = TestRoles.Hostile }), character => Assert.InRange(character, '\0', '~'));

    /// <summary>What a line names by percent signs, cmd parses: that may be digits alone.</summary>
    [Fact]
    public void NoAnswerOfAwsStandsInALineThatCmdParses()
    {
        foreach (var role in Roles())
        {
            var script = Template.Write(TemplateFormat.Cmd, new TemplateRequest { Role = role });
            var named = System.Text.RegularExpressions.Regex.Matches(script.Replace("%%", ""), "%([A-Z]+)%").Select(match => match.Groups[1].Value).Distinct();
            Assert.Subset(new HashSet<string> { "ACCOUNT", "VERSION", "ERRORLEVEL", "RESULT", "LAST" }, named.ToHashSet());
            Assert.True(script.IndexOf("call :digits account \"\" 12 ||", StringComparison.Ordinal) < script.IndexOf("set /p ACCOUNT=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void LettersBeyondTheFirstPlaneMayStandInATag() =>
        Assert.All(Enum.GetValues<TemplateFormat>().Where(format => format != TemplateFormat.Console), format =>
            Assert.NotEmpty(Template.Write(format, new TemplateRequest { Role = BeyondTheFirstPlane })));

    /// <summary>Two escapes make a letter in JSON; in YAML each is half of one, which is none.</summary>
    [Fact]
    public void YamlWritesSuchALetterAsOne()
    {
        var yaml = Template.Write(TemplateFormat.CloudFormation, new TemplateRequest { Role = BeyondTheFirstPlane });

        Assert.DoesNotMatch(@"(?i)\\ud[89a-f]", yaml);
        Assert.Contains(@"""\U00020000\U00020001""", yaml, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(@":\\\U00010400""", yaml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void CmdPrintsTheArnWithoutQuotes() =>
        Assert.Contains("\r\necho arn:aws:iam::%ACCOUNT%:role/team=a/x+y,@_./-Reader+=,.@_\r\n", Template.Write(TemplateFormat.Cmd, new TemplateRequest { Role = TestRoles.Hostile }));

    [Theory]
    [InlineData(TemplateFormat.Bash)]
    [InlineData(TemplateFormat.Cmd)]
    [InlineData(TemplateFormat.WindowsPowerShell)]
    [InlineData(TemplateFormat.PowerShell)]
    public void ScriptsEndByTellingWhatConnects(TemplateFormat format)
    {
        var script = Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.CloudPosture) });
        Assert.Contains("External ID: unguessable-0123456789", script);
        Assert.Contains("New-PostureConnection -Name CloudPosture-ReadOnly", script);
        Assert.DoesNotContain("New-PostureConnection", Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.InsightVM) }));
    }

    [Theory]
    [InlineData("Team,Role+1", "Team-Role-1")]
    [InlineData("@=-_x@y.z", "x@y.z")]
    [InlineData("+=,", "role")]
    public void WhatConnectsIsNamedAsAConnectionMayBe(string roleName, string connection) =>
        Assert.All([TemplateFormat.Bash, TemplateFormat.Cmd, TemplateFormat.WindowsPowerShell, TemplateFormat.PowerShell], format =>
            Assert.Contains($"New-PostureConnection -Name {connection} -RoleArn ", Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.CloudPosture) with { RoleName = roleName } })));

    [Theory]
    [InlineData(TemplateFormat.WindowsPowerShell, "#Requires -Version 5.1 -PSEdition Desktop\n")]
    [InlineData(TemplateFormat.PowerShell, "#Requires -Version 7.3\n")]
    public void APowerShellScriptRunsWhereItsQuotingIsRightAndNeverABatchFile(TemplateFormat format, string requires)
    {
        var script = Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.CloudPosture) });
        Assert.StartsWith(requires, script);
        Assert.Contains("'aws.exe'", script);
        Assert.Contains("-CommandType Application", script);
        Assert.DoesNotMatch(@"(?m)^\s*aws ", script);
    }

    [Theory]
    [InlineData(TemplateFormat.Bash, "aws iam create-instance-profile")]
    [InlineData(TemplateFormat.Cmd, "aws.exe iam create-instance-profile")]
    [InlineData(TemplateFormat.PowerShell, "& $aws iam create-instance-profile")]
    [InlineData(TemplateFormat.WindowsPowerShell, "& $aws iam create-instance-profile")]
    [InlineData(TemplateFormat.Terraform, "resource \"aws_iam_instance_profile\"")]
    [InlineData(TemplateFormat.Console, "aws iam add-role-to-instance-profile")]
    [InlineData(TemplateFormat.CloudFormation, "Type: AWS::IAM::InstanceProfile")]
    public void OnlyARoleForEc2GetsAnInstanceProfile(TemplateFormat format, string words)
    {
        Assert.Contains(words, Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.Cartography, RolePart.Hub) }));
        Assert.Contains(words, Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.ElasticOrganization, RolePart.Hub) }));
        Assert.DoesNotContain("nstance", Template.Write(format, new TemplateRequest { Role = TestRoles.Of(Vendor.Cartography) }).Replace("instances", ""));
    }

    [Fact]
    public void TheConsoleCannotSetAPath() =>
        Assert.Contains("path", Assert.Throws<RoleSpecException>(() => Template.Write(TemplateFormat.Console, new TemplateRequest { Role = TestRoles.Hostile })).Message);

    private static RoleSpec BeyondTheFirstPlane { get; } = TestRoles.Hostile with
    {
        Tags = new Dictionary<string, string> { ["\U00020000\U00020001"] = "\U00010400" },
        InlinePolicies = [new NamedPolicy("own", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::\\𐐀"}]}""")],
    };

    private static IEnumerable<RoleSpec> Roles() =>
        TestRoles.Presets().Select(preset => TestRoles.Of(preset.Vendor, preset.Part)).Append(TestRoles.Hostile);

    private static void InFolder(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("template");
        try
        {
            test(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
