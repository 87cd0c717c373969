using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Sandbox;

public sealed class OnboardingTests
{
    private const string ExternalId = "unguessable-0123456789";
    private const string Anything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"}]}""";

    [Fact]
    public async Task A_rollout_gives_every_member_account_a_role_that_lets_the_hub_in()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Server.Url, Environment = _ => null });
        var target = new AwsTarget { Credentials = sandbox.Administrator, Region = "us-east-1" };
        Task PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
        {
            clock.Shift += wait;
            return Task.CompletedTask;
        }

        var rollout = new OrganizationRollout(client, target, PauseAsync);
        var management = sandbox.Server.Organization.Accounts[0].Id;
        var role = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = management, ExternalId = ExternalId, TrustedPrincipals = [management] }, Shipped.Content.Catalog);
        var plan = await rollout.PlanAsync(role, [], keepExternalId: true, CancellationToken.None);
        Assert.DoesNotContain(sandbox.Server.Calls, call => call.IsWrite);

        var accounts = (await rollout.ApplyAsync(plan, null, CancellationToken.None)).Accounts;

        Assert.Equal(sandbox.Server.Organization.Accounts.Skip(1).Select(account => account.Id).Order(), accounts.Select(account => account.AccountId).Order());
        Assert.All(accounts, account => Assert.True(account.Succeeded, account.Reason));
        foreach (var account in accounts)
        {
            await sandbox.CallAsync("sts", "AssumeRole", new { account.RoleArn, RoleSessionName = "test", ExternalId });
        }

        var again = await rollout.PlanAsync(role, [], keepExternalId: true, CancellationToken.None);
        Assert.True(again.Exists);
        Assert.Empty(again.Changes);
    }

    [Theory]
    [InlineData(TemplateFormat.CloudFormation)]
    [InlineData(TemplateFormat.CloudFormationJson)]
    [InlineData(TemplateFormat.CloudFormationStackSet)]
    public async Task An_exported_template_deploys_and_its_role_can_be_entered(TemplateFormat format)
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        var management = sandbox.Server.Organization.Accounts[0].Id;
        var role = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = management, ExternalId = ExternalId, TrustedPrincipals = [management] }, Shipped.Content.Catalog);
        var root = (await sandbox.CallAsync("organizations", "ListRoots")).GetProperty("Roots")[0].GetProperty("Id").GetString()!;
        await sandbox.WriteAsync("ActivateOrganizationsAccess", new { });

        await sandbox.WriteAsync("CreateStack", new
        {
            StackName = "onboarding",
            TemplateBody = Template.Write(format, new TemplateRequest { Role = role, OrganizationalUnitIds = [root], IncludeManagementAccount = true }),
            Capabilities = new[] { "CAPABILITY_NAMED_IAM" },
            Parameters = new[] { new { ParameterKey = "ExternalId", ParameterValue = ExternalId } },
        });
        clock.Shift += TimeSpan.FromMinutes(1);

        var stack = (await sandbox.CallAsync("cloudformation", "DescribeStacks", new { StackName = "onboarding" })).GetProperty("Stacks")[0];
        Assert.Equal("CREATE_COMPLETE", stack.GetProperty("StackStatus").GetString());
        var arn = stack.GetProperty("Outputs").EnumerateArray().First(output => output.GetProperty("OutputKey").GetString() == "RoleArn").GetProperty("OutputValue").GetString()!;
        var accounts = format == TemplateFormat.CloudFormationStackSet ? sandbox.Server.Organization.Accounts : [sandbox.Server.Organization.Accounts[0]];
        foreach (var account in accounts)
        {
            await sandbox.CallAsync("sts", "AssumeRole", new { RoleArn = arn.Replace(management, account.Id, StringComparison.Ordinal), RoleSessionName = "test", ExternalId });
        }

        var simulated = await sandbox.CallAsync("iam", "SimulatePrincipalPolicy", new { PolicySourceArn = arn, ActionNames = new[] { "ec2:DescribeVpcs", "ec2:RunInstances" } });
        Assert.Equal(["allowed", "implicitDeny"], simulated.GetProperty("EvaluationResults").EnumerateArray().Select(result => result.GetProperty("EvalDecision").GetString()));
    }

    /// <summary>What an administrator hands over as a script, run by the real AWS CLI, is a connection that passes its test.</summary>
    [Fact]
    public async Task The_Bash_script_leaves_a_role_that_a_connection_accepts()
    {
        if (!ExternalTool.IsHere("bash") || !ExternalTool.IsHere("aws"))
        {
            return;
        }

        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { Accounts = 1, Regions = 1 });
        var organization = sandbox.Server.Organization;
        var management = organization.Accounts[0].Id;
        var role = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = management, ExternalId = ExternalId, TrustedPrincipals = [management] }, Shipped.Content.Catalog);
        var folder = Directory.CreateTempSubdirectory("cloudposture-script-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "role.sh"), Template.Write(TemplateFormat.Bash, new TemplateRequest { Role = role }));
            var (exitCode, output) = ExternalTool.Run(folder.FullName, "bash", ["role.sh"], new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = sandbox.Server.Url.OriginalString.TrimEnd('/'),
                ["AWS_ACCESS_KEY_ID"] = organization.AdministratorKey.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = organization.AdministratorKey.SecretAccessKey,
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_CONFIG_FILE"] = Path.Combine(folder.FullName, "none"),
            });
            Assert.True(exitCode == 0, output);

            using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Server.Url, Environment = _ => null });
            var keys = new SessionSecrets();
            keys.Set("scripted", new SessionKeys(organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey));
            var tester = new ConnectionTester(new ConnectionResolver(client, Shipped.Content.Catalog, new ConnectionStore(folder.FullName), new CredentialResolver(client, _ => null), keys), _ => null);
            var diagnosis = await tester.TestAsync(
                new PostureConnection
                {
                    Name = "scripted",
                    RoleArn = $"arn:aws:iam::{management}:role/{role.RoleName}",
                    ExternalId = ExternalId,
                    Credential = new CredentialReference { Kind = CredentialKind.Session },
                },
                sandbox.Server.Url,
                CancellationToken.None);

            Assert.True(diagnosis.Passed, string.Join("\n", diagnosis.Checks));
            Assert.Equal(management, diagnosis.AccountId);
            Assert.Equal([], diagnosis.MissingPermissions);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A script that is run again, by the real AWS CLI, changes nothing; after a part of it, or after somebody's changes, it makes the rest.</summary>
    [Theory]
    [InlineData(TemplateFormat.Bash, "bash")]
    [InlineData(TemplateFormat.PowerShell, "pwsh")]
    public async Task A_script_can_be_run_again(TemplateFormat format, string shell)
    {
        if (!ExternalTool.IsHere(shell) || !ExternalTool.IsHere("aws"))
        {
            return;
        }

        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { Accounts = 1, Regions = 1 });
        var management = sandbox.Server.Organization.Accounts[0].Id;
        var role = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = management, ExternalId = ExternalId, TrustedPrincipals = [management, "ec2.amazonaws.com"] }, Shipped.Content.Catalog) with
        {
            Path = "/team=a/",
            Tags = new Dictionary<string, string> { ["team"] = "red + blue" },
            InlinePolicies = [new NamedPolicy("inside", Anything)],
        };
        var script = Template.Write(format, new TemplateRequest { Role = role });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Server.Url, Environment = _ => null });
        var manager = new RoleManager(client, new AwsTarget { Credentials = sandbox.Administrator, Region = "us-east-1" });

        // Half-way: the policy was made, with something else in it.
        await sandbox.CallAsync("iam", "CreatePolicy", new { PolicyName = role.CustomPolicies[0].Name, role.Path, role.Description, PolicyDocument = Anything }, sandbox.Administrator);
        for (var run = 0; run < 2; run++)
        {
            var (exitCode, output) = await RunAsync(sandbox, shell, script, Template.Extension(format));
            Assert.True(exitCode == 0, output);
            Assert.Contains($"arn:aws:iam::{management}:role/team=a/{role.RoleName}", output, StringComparison.Ordinal);
            Assert.Contains("External ID: " + ExternalId, output, StringComparison.Ordinal);
            Assert.Contains("New-PostureConnection", output, StringComparison.Ordinal);
            Assert.Empty((await manager.PlanAsync(role, CancellationToken.None)).Changes);
            var versions = await sandbox.CallAsync("iam", "ListPolicyVersions", new { PolicyArn = $"arn:aws:iam::{management}:policy{role.Path}{role.CustomPolicies[0].Name}" });
            Assert.Equal("v2", Assert.Single(versions.GetProperty("Versions").EnumerateArray()).GetProperty("VersionId").GetString());
        }

        var other = Template.Write(format, new TemplateRequest { Role = role with { RoleName = role.RoleName.ToLowerInvariant() } });
        var (failed, told) = await RunAsync(sandbox, shell, other, Template.Extension(format));
        Assert.NotEqual(0, failed);
        Assert.Contains($"role/team=a/{role.RoleName}", told, StringComparison.Ordinal);
        Assert.Contains("in another case", told.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(SandboxClient sandbox, string shell, string script, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-script-");
        try
        {
            var file = Path.Combine(folder.FullName, "role" + extension);
            await File.WriteAllTextAsync(file, script.Replace("#Requires -Version 5.1 -PSEdition Desktop", "$PSNativeCommandArgumentPassing = 'Legacy'", StringComparison.Ordinal));
            var key = sandbox.Server.Organization.AdministratorKey;
            return ExternalTool.Run(folder.FullName, shell, shell == "pwsh" ? ["-NoProfile", "-NonInteractive", "-File", file] : [file], new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = sandbox.Server.Url.OriginalString.TrimEnd('/'),
                ["AWS_ACCESS_KEY_ID"] = key.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey,
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_CONFIG_FILE"] = Path.Combine(folder.FullName, "none"),
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
