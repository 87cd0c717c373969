using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
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
            foreach (var role in Roles())
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

    /// <summary>A stand-in for the AWS CLI notes what it was given, so the scripts run for real.</summary>
    [Theory]
    [InlineData(TemplateFormat.Bash, "bash")]
    [InlineData(TemplateFormat.PowerShell, "pwsh")]
    [InlineData(TemplateFormat.WindowsPowerShell, "pwsh")]
    public void TheShellHandsTheAwsCliWhatTheRoleSays(TemplateFormat format, string shell)
    {
        if (!ExternalTool.IsHere(shell))
        {
            return;
        }

        var role = format == TemplateFormat.WindowsPowerShell ? TestRoles.Hostile with { Description = TestRoles.Hostile.Description + "." } : TestRoles.Hostile;
        InFolder(folder =>
        {
            var calls = Calls(folder, shell, Template.Write(format, new TemplateRequest { Role = role }), Template.Extension(format));
            AssertCalls(role, calls);
        });
    }

    [Fact]
    public void CmdHandsTheAwsCliWhatTheRoleSays()
    {
        var script = Template.Write(TemplateFormat.Cmd, new TemplateRequest { Role = TestRoles.Hostile });
        var calls = script.Split("\r\n")
            .Where(line => line.StartsWith("aws.exe iam", StringComparison.Ordinal))
            .Select(line => line.Replace("%ACCOUNT%", TestRoles.Hub).Replace("%VERSION%", "v1"))
            .Select(line => line.Contains(" >nul", StringComparison.Ordinal) ? line[..line.LastIndexOf(" >nul", StringComparison.Ordinal)] : line[..line.LastIndexOf(" --output text >", StringComparison.Ordinal)])
            .Select(line => Quoting.WindowsProgram.Arguments(Quoting.CommandProcessor.CommandLineOf(line, batch: true)).Skip(1).ToArray())
            .ToList();
        AssertCalls(TestRoles.Hostile, calls);
        var query = Options(calls.First(call => call[1] == "get-policy-version"))["--query"];
        Assert.StartsWith("PolicyVersion.Document == `", query);
        AssertJson(TestRoles.Hostile.CustomPolicies[0].Document, query.Split('`')[1]);
    }

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

    [Theory]
    [InlineData(TemplateFormat.Cmd, 8191)]
    [InlineData(TemplateFormat.WindowsPowerShell, int.MaxValue)]
    public void LongTagsAreHandedOverByFile(TemplateFormat format, int longestLine)
    {
        var tags = Enumerable.Range(0, 50).ToDictionary(number => new string('\u0436', 100) + number, _ => new string('\u044F', 200));
        var script = Template.Write(format, new TemplateRequest { Role = TestRoles.Hostile with { Tags = tags } });
        Assert.Contains("--cli-input-json", script);
        Assert.Contains("file://", script);
        Assert.All(script.Split('\n'), line => Assert.InRange(line.Length, 0, longestLine));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://example.com/role")]
    [InlineData("5\" disk")]
    [InlineData("two\r\nlines")]
    public void WhatAShellOrTheAwsCliWouldTakeOtherwiseIsHandedOverAsJson(string description)
    {
        var role = TestRoles.Of(Vendor.Cyscale) with { Description = description };
        foreach (var format in new[] { TemplateFormat.Cmd, TemplateFormat.WindowsPowerShell })
        {
            Assert.NotEmpty(Template.Write(format, new TemplateRequest { Role = role }));
        }

        if (ExternalTool.IsHere("bash"))
        {
            InFolder(folder =>
            {
                var created = Calls(folder, "bash", Template.Write(TemplateFormat.Bash, new TemplateRequest { Role = role }), ".sh").Single(call => call[1] == "create-role");
                var options = Options(created);
                Assert.Equal(description, options.TryGetValue("--cli-input-json", out var json) ? (string?)JsonNode.Parse(json)!["Description"] : options["--description"]);
            });
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("a&echo/PWNED&/X")]
    [InlineData("$(echo PWNED)")]
    public void AnAccountThatIsNotTwelveDigitsIsRefused(string account)
    {
        if (ExternalTool.IsHere("bash"))
        {
            InFolder(folder =>
            {
                var script = Template.Write(TemplateFormat.Bash, new TemplateRequest { Role = TestRoles.Of(Vendor.Cyscale) });
                Assert.Contains("did not tell which account", Assert.Throws<InvalidOperationException>(() => Calls(folder, "bash", script, ".sh", account)).Message);
            });
        }
    }

    [Fact]
    public void LettersBeyondTheFirstPlaneMayStandInATag() =>
        Assert.All(Enum.GetValues<TemplateFormat>().Where(format => format != TemplateFormat.Console), format =>
            Assert.NotEmpty(Template.Write(format, new TemplateRequest { Role = TestRoles.Hostile with { Tags = new Dictionary<string, string> { ["\U00020000"] = "\U00010400" } } })));

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
    public void AScriptForOneAccountRefusesAnother()
    {
        if (!ExternalTool.IsHere("bash"))
        {
            return;
        }

        InFolder(folder =>
        {
            var script = Template.Write(TemplateFormat.Bash, new TemplateRequest { Role = TestRoles.Of(Vendor.Cyscale) with { AccountId = "999999999999" } });
            Assert.Throws<InvalidOperationException>(() => Calls(folder, "bash", script, ".sh"));
        });
    }

    [Fact]
    public void TheConsoleCannotSetAPath() =>
        Assert.Contains("path", Assert.Throws<RoleSpecException>(() => Template.Write(TemplateFormat.Console, new TemplateRequest { Role = TestRoles.Hostile })).Message);

    private static IEnumerable<RoleSpec> Roles() =>
        TestRoles.Presets().Select(preset => TestRoles.Of(preset.Vendor, preset.Part)).Append(TestRoles.Hostile);

    private static void AssertCalls(RoleSpec role, IReadOnlyList<string[]> calls)
    {
        var options = calls.ToLookup(call => call[1], call => Options(call));
        var policy = options["create-policy"].First();
        Assert.Equal(role.Path, policy["--path"]);
        Assert.Equal(role.Description, policy.TryGetValue("--cli-input-json", out var input) ? (string?)JsonNode.Parse(input)!["Description"] : policy["--description"]);
        AssertJson(role.CustomPolicies[0].Document, policy["--policy-document"]);
        var created = Assert.Single(options["create-role"]);
        Assert.Equal(role.RoleName, created["--role-name"]);
        Assert.Equal("7200", created["--max-session-duration"]);
        AssertJson(role.TrustPolicy, created["--assume-role-policy-document"]);
        AssertJson("""[{"Key":"cost center","Value":"R=D + 1"},{"Key":"owner","Value":""}]""", created["--tags"]);
        Assert.Equal(
            ["arn:aws:iam::aws:policy/SecurityAudit", .. role.CustomPolicies.Select(custom => $"arn:aws:iam::{TestRoles.Hub}:policy{role.Path}{custom.Name}")],
            options["attach-role-policy"].Select(attached => attached["--policy-arn"]));
    }

    private static Dictionary<string, string> Options(string[] call)
    {
        var options = new Dictionary<string, string>();
        for (var index = 2; index < call.Length; index++)
        {
            var parts = call[index].Split('=', 2);
            options.Add(parts[0], parts.Length == 2 ? parts[1] : call[index] == "--set-as-default" ? "" : call[++index]);
        }

        return options;
    }

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);

    /// <summary>The arguments of each call of <c>aws</c> but the one that asks for the account.</summary>
    private static List<string[]> Calls(string folder, string shell, string script, string extension, string account = TestRoles.Hub)
    {
        var aws = Path.Combine(folder, "aws");
        File.WriteAllText(aws, $"#!/bin/bash\nif [ \"$1\" = sts ]; then echo '{account}'; exit; fi\nprintf '%s\\0' \"$@\" >> \"$0.calls\"\nprintf '\\n\\0' >> \"$0.calls\"\n");
        ExternalTool.Run(folder, "chmod", ["+x", aws]);
        var file = Path.Combine(folder, "script" + extension);
        // PowerShell's legacy mode stands in for Windows PowerShell.
        File.WriteAllText(file, script.Replace("#Requires -Version 5.1 -PSEdition Desktop", "$PSNativeCommandArgumentPassing = 'Legacy'", StringComparison.Ordinal), new UTF8Encoding(false));
        string[] arguments = shell == "pwsh" ? ["-NoProfile", "-NonInteractive", "-File", file] : [file];
        var (exitCode, output) = ExternalTool.Run(folder, shell, arguments, new Dictionary<string, string>
        {
            ["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        });
        if (exitCode != 0)
        {
            throw new InvalidOperationException(output);
        }

        return [.. File.ReadAllText(aws + ".calls").Split("\0\n\0").SkipLast(1).Select(call => call.Split('\0'))];
    }

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
