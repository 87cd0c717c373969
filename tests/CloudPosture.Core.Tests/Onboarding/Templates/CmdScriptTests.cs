using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.Tests.Batch;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>Batch files run in an independent model of cmd.exe: whatever AWS answers, they do what the role says or refuse.</summary>
public sealed class CmdScriptTests
{
    private const string Temp = @"C:\Users\Anna\Temp";

    private static readonly string[] Pieces =
    [
        "&", "&&", "|", "||", "<", ">", ">>", "^", "^^", "\"", "\"\"", "%", "%%", "%PATH%", "%1", "!", "!PATH!", "(", ")", ",", ";", "=", "==", "/", "\\", ":", "'", "@", "~", "*", "?",
        "echo/PWNED", "&echo/PWNED&", "\"&echo/PWNED&\"", "\"==\"\",echo/PWNED&rem/", "\r\nPWNED", "\u001b[2J", "x", "True", "v1", "v", "1", TestRoles.Hub, ")&echo/PWNED&(", " ", "\t", "0;", "##vso[x]",
    ];

    private static readonly RoleSpec Machine = TestRoles.Of(Vendor.Cartography, RolePart.Hub);

    public static TheoryData<string, string> HostileAnswers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var question in IamStandIn.Questions)
            {
                foreach (var answer in new[] { "role/a&echo/PWNED&/X", "/x\"==\"y\",echo/PWNED&rem/", "%PATH%&echo/PWNED", "!PATH!\"&echo/PWNED&\"", "a)&echo/PWNED&(b", "v1&echo/PWNED", "True\"&echo/PWNED&rem \"", "" })
                {
                    data.Add(question, answer);
                }
            }

            return data;
        }
    }

    [Fact]
    public void ANewRoleIsMadeAndNothingIsLeft()
    {
        var (run, aws, code) = Run(TestRoles.Hostile);

        Assert.Equal(0, code);
        ScriptCalls.AssertSay(TestRoles.Hostile, aws.Calls);
        Assert.Contains($"arn:aws:iam::{TestRoles.Hub}:role/team=a/x+y,@_./-Reader+=,.@_\n", run.Screen.ToString());
    }

    [Fact]
    public void WhatIsThereIsBroughtToWhatItShouldBe()
    {
        var (_, aws, code) = Run(TestRoles.Hostile, answers =>
        {
            answers["version"] = "v12";
            answers["same"] = "False";
            answers["found"] = $"arn:aws:iam::{TestRoles.Hub}:role{TestRoles.Hostile.Path}{TestRoles.Hostile.RoleName}";
        });

        Assert.Equal(0, code);
        Assert.DoesNotContain(aws.Calls, call => call[1].StartsWith("create-role", StringComparison.Ordinal) || call[1] == "create-policy");
        Assert.All(aws.Calls.Where(call => call[1] == "delete-policy-version"), call => Assert.Equal("v12", call[^1]));
        Assert.Contains(aws.Calls, call => call[1] == "delete-policy-version");
        Assert.Contains(aws.Calls, call => call[1] == "update-assume-role-policy");
    }

    [Theory]
    [MemberData(nameof(HostileAnswers))]
    public void AnAnswerOfAwsIsNeverACommand(string question, string answer)
    {
        foreach (var role in new[] { TestRoles.Hostile, Machine })
        {
            AssertHarmless(role, question, answer);
        }
    }

    [Fact]
    public void WhateverAwsAnswersItIsNeverACommand()
    {
        var cases = from question in Gen.Elements<string>(IamStandIn.Questions)
                    from pieces in Gen.Elements(Pieces).ListOf()
                    from isMachine in Gen.Elements(false, true)
                    select (question, answer: string.Concat(pieces), isMachine);
        Prop.ForAll(Arb.From(cases), one => AssertHarmless(one.isMachine ? Machine : TestRoles.Hostile, one.question, one.answer))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void ARoleUnderAnotherPathIsNamedAndNothingIsAttachedToIt()
    {
        var (run, aws, code) = Run(TestRoles.Hostile, answers => answers["found"] = "arn:aws:iam::111122223333:role/other/-Reader+=,.@_");

        Assert.NotEqual(0, code);
        Assert.Contains("arn:aws:iam::111122223333:role/other/-Reader+=,.@_,", run.Screen.ToString());
        Assert.DoesNotContain(aws.Calls, call => call[1].StartsWith("attach", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("11112222333")]
    [InlineData("1111222233334")]
    [InlineData("11112222333x")]
    [InlineData("11112222333;")]
    public void AnAccountThatIsNotTwelveDigitsIsRefusedBeforeAnythingIsAsked(string account)
    {
        var (run, aws, code) = Run(TestRoles.Hostile, answers => answers["account"] = account);

        Assert.NotEqual(0, code);
        Assert.Empty(aws.Calls);
        Assert.Contains("did not tell which account", run.Screen.ToString());
    }

    /// <summary>cmd's random numbers begin by the second, so scripts of one second draw the same.</summary>
    [Fact]
    public void TwoScriptsOfOneSecondHaveFoldersOfTheirOwn()
    {
        var disk = Disk(Temp);
        disk.MakeFolder(Temp + @"\role-100101");
        disk.Write(Temp + @"\role-100101\account", "999999999999", isAppended: false);
        disk.Write(Temp + @"\role-100101.txt", "999999999999", isAppended: false);
        var number = 100;
        var (_, aws, code) = Run(TestRoles.Hostile, disk: disk, random: () => number++);

        Assert.Equal(0, code);
        Assert.Contains(aws.Calls, call => call[^1].Contains(TestRoles.Hub));
        Assert.Equal("999999999999", disk.Read(Temp + @"\role-100101\account"));
        Assert.Equal("999999999999", disk.Read(Temp + @"\role-100101.txt"));
    }

    [Theory]
    [InlineData("TEMP", @"C:\A&echo PWNED&^%PATH%!X!(1)")]
    [InlineData("TEMP", "")]
    [InlineData("TEMP", "C:\\A\"&echo PWNED&\"")]
    [InlineData("RANDOM", "1\"&echo PWNED&\"")]
    [InlineData("ERRORLEVEL", "0&echo PWNED")]
    [InlineData("CD", "C:\\&echo PWNED&")]
    [InlineData("AWS_CONFIG_FILE", "a\"&echo PWNED&\"")]
    [InlineData("ACCOUNT", "1&echo PWNED")]
    [InlineData("ANSWER", "1\"&echo PWNED&\"")]
    public void AVariableOfTheUsersIsNeverACommandAndHidesNoFailure(string name, string value)
    {
        var disk = Disk(Temp, @"C:\A&echo PWNED&^%PATH%!X!(1)");
        var (run, _, code) = Run(TestRoles.Hostile, answers => answers["found"] = "elsewhere", disk, variables: new() { [name] = value });

        AssertQuiet(run);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public void ARelativeSettingStillNamesTheUsersFile()
    {
        var disk = Disk(Temp);
        disk.Write(@"C:\Users\Anna\aws.ini", "", isAppended: false);
        var (run, _, _) = Run(TestRoles.Hostile, disk: disk, variables: new() { ["AWS_CONFIG_FILE"] = "aws.ini", ["AWS_CA_BUNDLE"] = "gone.pem" }, atEachCall: run =>
        {
            Assert.Equal(@"C:\Users\Anna\aws.ini", run.Variables.Get("AWS_CONFIG_FILE"));
            Assert.Equal("gone.pem", run.Variables.Get("AWS_CA_BUNDLE"));
        });

        Assert.Equal("aws.ini", run.Variables.Get("AWS_CONFIG_FILE"));
    }

    [Fact]
    public void LongTextsArriveByFile()
    {
        var tags = Enumerable.Range(0, 50).ToDictionary(number => new string('\u0436', 100) + number, _ => new string('\u044F', 200));
        var document = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray([.. Enumerable.Range(0, 50).Select(number => (JsonNode)new JsonObject
            {
                ["Effect"] = "Deny",
                ["Action"] = "s3:*",
                ["Resource"] = $"arn:aws:s3:::b{number}&|<>^%()!'\"\u00E9*",
            })]),
        }.ToJsonString();
        var role = TestRoles.Hostile with { Tags = tags, InlinePolicies = [new NamedPolicy("Long", document)], CustomPolicies = [new NamedPolicy("Custom", document)] };
        foreach (var version in new[] { "", "v1" })
        {
            var (_, aws, code) = Run(role, answers =>
            {
                if (version.Length > 0)
                {
                    answers["version"] = version;
                    answers["same"] = "False";
                }
            });

            Assert.Equal(0, code);
            ScriptCalls.AssertSame(document, ScriptCalls.Value(aws.Calls.Single(call => call[1] == "put-role-policy"), "PolicyDocument"));
            ScriptCalls.AssertSame(document, ScriptCalls.Value(aws.Calls.Single(call => call[1] == (version.Length > 0 ? "create-policy-version" : "create-policy")), "PolicyDocument"));
            var given = ScriptCalls.Value(aws.Calls.Single(call => call[1] == "create-role"), "Tags")!.AsArray();
            Assert.Equal(tags, given.ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!));
        }
    }

    [Fact]
    public void WhateverTheDescriptionItArrivesAsItWasMeant()
    {
        var texts = from pieces in Gen.NonEmptyListOf(Gen.Elements("a", "\"", "'", " ", "%", "%PATH%", "%1", "!", "^", "&", "|", "<", ">", "(", ")", "\\", "\t", "\n", "\r\n", "\u00E9", "\u00A1", "file://", "http://", "-", "@", ";", "rem ", "5\" disk"))
                    select string.Concat(pieces) is var text && text.Length > 900 ? text[..900] : string.Concat(pieces);
        Prop.ForAll(Arb.From(texts), description =>
        {
            var (run, aws, code) = Run(TestRoles.Hostile with { Description = description });
            AssertQuiet(run);
            return code == 0 && (string?)ScriptCalls.Value(aws.Calls.Single(call => call[1] == "create-role"), "Description") == description;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static bool AssertHarmless(RoleSpec role, string question, string answer)
    {
        var (run, aws, code) = Run(role, answers =>
        {
            foreach (var asked in IamStandIn.Questions.TakeWhile(asked => asked != question).Where(asked => asked != "found" && asked != "account"))
            {
                answers[asked] = asked switch { "version" => "v1", "same" => "True", "profile" => "arn", _ => "" };
            }

            answers[question] = answer;
        });
        AssertQuiet(run);
        var first = answer.Split('\r')[0].Trim();
        if (question == "account" && !(first.Length == 12 && first.All(char.IsAsciiDigit)))
        {
            Assert.NotEqual(0, code);
            Assert.Empty(aws.Calls);
        }

        if (question == "found" && first.Length > 0)
        {
            Assert.NotEqual(0, code);
            Assert.DoesNotContain(aws.Calls, call => call[1].StartsWith("attach", StringComparison.Ordinal));
        }

        return true;
    }

    private static void AssertQuiet(BatchRun run)
    {
        Assert.Empty(run.Strangers);
        var screen = run.Screen.ToString();
        Assert.DoesNotContain(screen, character => char.IsControl(character) && character != '\n' && character != '\r');
        Assert.DoesNotMatch("(?m)^\\s*PWNED", screen);
        Assert.DoesNotContain("##vso[", screen);
        Assert.DoesNotContain(run.Disk.Folders, folder => folder.Contains(@"\role-"));
        Assert.DoesNotContain(run.Disk.Files.Keys, file => file.Contains("PWNED") || !file.StartsWith(@"C:\", StringComparison.Ordinal) || file.Contains(@"\role-"));
    }

    private static BatchDisk Disk(params string[] folders)
    {
        var disk = new BatchDisk();
        disk.Folders.UnionWith(["C:", @"C:\Users", @"C:\Users\Anna", .. folders]);
        return disk;
    }

    private static (BatchRun Run, IamStandIn Aws, int Code) Run(
        RoleSpec role,
        Action<Dictionary<string, string>>? answer = null,
        BatchDisk? disk = null,
        Dictionary<string, string>? variables = null,
        Func<int>? random = null,
        Action<BatchRun>? atEachCall = null)
    {
        disk ??= Disk(Temp);
        var aws = new IamStandIn(disk);
        answer?.Invoke(aws.Answers);
        var environment = new Dictionary<string, string>(variables ?? [], StringComparer.OrdinalIgnoreCase);
        environment.TryAdd("TEMP", Temp);
        environment.TryAdd("PATH", @"C:\Windows");
        foreach (var empty in environment.Where(variable => variable.Value.Length == 0).ToList())
        {
            environment.Remove(empty.Key);
        }

        var number = 0;
        BatchRun? run = null;
        run = new BatchRun(
            Template.Write(TemplateFormat.Cmd, new TemplateRequest { Role = role }),
            disk,
            environment,
            arguments =>
            {
                atEachCall?.Invoke(run!);
                return aws.Call(arguments);
            },
            random ?? (() => ++number));
        return (run, aws, run.Run());
    }
}
