using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.Tests.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Organizations;

public sealed class OrganizationRolloutTests : IDisposable
{
    private static readonly RoleSpec Role = TestRoles.Of(Vendor.CloudPosture);

    private readonly FakeStackSets _aws = new();
    private readonly AwsClient _client;
    private readonly AwsTarget _target = new() { Credentials = new BasicAWSCredentials("test", "test"), Region = "eu-central-1" };
    private readonly OrganizationRollout _rollout;
    private readonly List<RolloutProgress> _progress = [];

    public OrganizationRolloutTests()
    {
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { HttpMessageHandler = _aws, Environment = _ => null });
        _rollout = new OrganizationRollout(
            _client,
            _target,
            (_, _) => Task.CompletedTask);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task APlanWritesNothingAndReachesTheWholeOrganizationUnlessUnitsAreGiven()
    {
        var plan = await _rollout.PlanAsync(Role, [], keepExternalId: true, default);
        Assert.Equal(["r-abcd"], plan.Targets);
        Assert.Equal(3, plan.Changes.Count);
        Assert.Equal(["ou-abcd-12345678"], (await _rollout.PlanAsync(Role, ["ou-abcd-12345678"], keepExternalId: true, default)).Targets);
        Assert.Empty(_aws.Writes);
    }

    [Fact]
    public async Task TheStackSetIsServiceManagedAndEachAccountIsReported()
    {
        var plan = await _rollout.PlanAsync(Role, [], keepExternalId: true, default);
        var accounts = (await _rollout.ApplyAsync(plan, new Immediately(_progress.Add), default)).Accounts;

        Assert.Equal(["ActivateOrganizationsAccess", "CreateStackSet", "CreateStackInstances"], _aws.Writes);
        var created = _aws.Calls.Single(call => call.Operation == "CreateStackSet").Form;
        Assert.Equal("SERVICE_MANAGED", created["PermissionModel"]);
        Assert.Equal("true", created["AutoDeployment.Enabled"]);
        Assert.Equal("false", created["AutoDeployment.RetainStacksOnAccountRemoval"]);
        Assert.Equal("CAPABILITY_NAMED_IAM", created["Capabilities.member.1"]);
        Assert.Equal("true", created["ManagedExecution.Active"]);
        Assert.Equal(Role.ExternalId, created["Parameters.member.1.ParameterValue"]);
        Assert.Contains("AWS::IAM::Role", created["TemplateBody"]);
        var instances = _aws.Calls.Single(call => call.Operation == "CreateStackInstances").Form;
        Assert.Equal("r-abcd", instances["DeploymentTargets.OrganizationalUnitIds.member.1"]);
        Assert.Equal("eu-central-1", instances["Regions.member.1"]);

        Assert.Equal([("111111111111", true, null), ("222222222222", false, "denied by a policy")], accounts.Select(account => (account.AccountId, account.Succeeded, account.Reason)));
        Assert.Equal("arn:aws:iam::111111111111:role/CloudPosture-ReadOnly", accounts[0].RoleArn);
        Assert.Equal([new RolloutProgress("RUNNING", 2, 2), new RolloutProgress("RUNNING", 2, 2)], _progress);
    }

    [Fact]
    public async Task AStackSetThatDiffersIsUpdatedInAllAccountsAtOnceAndKeepsItsExternalId()
    {
        (_aws.Present, _aws.HasAccess) = (Role with { ExternalId = "the-first-one", MaxSessionDuration = 7200 }, true);
        var plan = await _rollout.PlanAsync(Role, [], keepExternalId: true, default);
        Assert.Equal("the-first-one", plan.Role.ExternalId);
        Assert.Equal(["ReaderRole.MaxSessionDuration"], plan.Differences);
        await _rollout.ApplyAsync(plan, null, default);
        Assert.Equal(["UpdateStackSet"], _aws.Writes);
        var update = _aws.Calls.Single(call => call.Operation == "UpdateStackSet").Form;
        Assert.Equal("100", update["OperationPreferences.FailureTolerancePercentage"]);
        Assert.Equal("100", update["OperationPreferences.MaxConcurrentPercentage"]);
        Assert.Equal("PARALLEL", update["OperationPreferences.RegionConcurrencyType"]);
        Assert.Equal("true", update["ManagedExecution.Active"]);

        Assert.Equal(Role.ExternalId, (await _rollout.PlanAsync(Role, [], keepExternalId: false, default)).Role.ExternalId);
    }

    [Fact]
    public async Task AnOperationThatFailsIsToldWithItsReasonAndIsTheEnd()
    {
        (_aws.Present, _aws.HasAccess, _aws.Failing, _aws.Units) = (Role with { MaxSessionDuration = 7200 }, true, "UpdateStackSet", ["ou-abcd-11111111"]);
        var plan = await _rollout.PlanAsync(Role, ["ou-abcd-22222222"], keepExternalId: true, default);
        var result = await _rollout.ApplyAsync(plan, null, default);
        Assert.Equal(["UpdateStackSet"], _aws.Writes);
        Assert.Contains("UPDATE operation", result.Failure!.Message);
        Assert.Contains("FAILED: No access. These remain", result.Failure.Message);
        Assert.Equal([("111111111111", true), ("222222222222", false), ("333333333333", false)], result.Accounts.Select(account => (account.AccountId, account.Succeeded)));
        Assert.Equal("stopped", result.Accounts[2].Reason);
    }

    /// <summary>What an earlier release made: the policy's description follows the role's, and its name does not follow the role's.</summary>
    [Fact]
    public async Task AStackSetOfAnEarlierReleaseIsNoDriftAndKeepsWhatCannotChange()
    {
        var role = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = TestRoles.Hub, ExternalId = Role.ExternalId, RoleName = "Team" }, Shipped.Content.Catalog);
        Assert.Equal("Team", role.CustomPolicies[0].Name);
        _aws.Present = role;
        _aws.Template = CloudFormationTemplate.Body(role)
            .Replace("\"ManagedPolicyName\":\"Team", "\"ManagedPolicyName\":\"CloudPosture-ReadOnly")
            .Replace("Belongs to the role Team.", "An earlier description");
        Assert.Empty((await _rollout.PlanAsync(role, [], keepExternalId: true, default)).Differences);

        var plan = await _rollout.PlanAsync(role with { MaxSessionDuration = 7200 }, [], keepExternalId: true, default);
        await _rollout.ApplyAsync(plan, null, default);
        var body = _aws.Calls.Single(call => call.Operation == "UpdateStackSet").Form["TemplateBody"];
        Assert.Contains("\"ManagedPolicyName\":\"CloudPosture-ReadOnly\"", body);
        Assert.Contains("An earlier description", body);
    }

    [Fact]
    public async Task FiftyUnitsAreReachedAtATime()
    {
        (_aws.Present, _aws.HasAccess) = (Role with { MaxSessionDuration = 7200 }, true);
        _aws.Units = [.. Enumerable.Range(0, 51).Select(index => $"ou-abcd-a{index:d7}")];
        string[] targets = [.. Enumerable.Range(0, 101).Select(index => $"ou-abcd-{index:d8}")];
        await _rollout.ApplyAsync(await _rollout.PlanAsync(Role, targets, keepExternalId: true, default), null, default);

        Assert.Equal(["UpdateStackSet", "UpdateStackSet", "CreateStackInstances", "CreateStackInstances", "CreateStackInstances"], _aws.Writes);
        var calls = _aws.Calls.Where(call => call.Operation is "UpdateStackSet" or "CreateStackInstances").ToList();
        Assert.Equal([50, 1, 50, 50, 1], calls.Select(call => call.Form.Keys.Count(key => key.StartsWith("DeploymentTargets.OrganizationalUnitIds.", StringComparison.Ordinal))));
        Assert.DoesNotContain("AutoDeployment.Enabled", calls[0].Form.Keys);
        Assert.Equal("eu-central-1", calls[0].Form["Regions.member.1"]);
    }

    [Theory]
    [InlineData("Resources: {}")]
    [InlineData("""{"Resources":{"Other":{"Type":"AWS::SNS::Topic"}}}""")]
    public async Task AStackSetOfSomethingElseIsRefused(string template)
    {
        (_aws.Present, _aws.Template) = (Role, template);
        Assert.Contains("rolls out no role", (await Assert.ThrowsAsync<RoleSpecException>(() => _rollout.PlanAsync(Role, [], keepExternalId: true, default))).Message);
    }

    [Fact]
    public async Task AnotherPartitionHasItsOwnArns()
    {
        _aws.Partition = "aws-us-gov";
        var role = VendorPreset.Of(Vendor.ElasticOrganization).Build(new PresetValues { HubAccountId = TestRoles.Hub }, Shipped.Content.Catalog);
        var rollout = new OrganizationRollout(_client, _target with { Region = "us-gov-west-1" }, (_, _) => Task.CompletedTask);
        var plan = await rollout.PlanAsync(role, [], keepExternalId: true, default);
        Assert.Contains($"arn:aws-us-gov:iam::{TestRoles.Hub}:role/cloudbeat-root", plan.Role.TrustPolicy);
        Assert.Equal("arn:aws-us-gov:iam::111111111111:role/cloudbeat-securityaudit", (await rollout.ApplyAsync(plan, null, default)).Accounts[0].RoleArn);

        var hub = VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { Part = RolePart.Hub, HubAccountId = TestRoles.Hub }, Shipped.Content.Catalog);
        var made = (await new RoleManager(_client, _target with { Region = "us-gov-west-1" }).PlanAsync(hub, default)).Role;
        Assert.Contains("arn:aws-us-gov:iam::*:role/CloudPosture-ReadOnly", made.InlinePolicies[0].Document);
        var foreign = Role with { TrustedPrincipals = [TrustedPrincipal.Parse("arn:aws:iam::111122223333:role/reader")] };
        Assert.Contains("another partition", (await Assert.ThrowsAsync<RoleSpecException>(() => rollout.PlanAsync(foreign, [], keepExternalId: true, default))).Message);
    }

    [Fact]
    public async Task AUnitOutsideAwsFormIsRefusedBeforeAnyCall()
    {
        await Assert.ThrowsAsync<RoleSpecException>(() => _rollout.PlanAsync(Role, ["ou-1"], keepExternalId: true, default));
        Assert.Empty(_aws.Calls);
    }

    private sealed class Immediately(Action<RolloutProgress> report) : IProgress<RolloutProgress>
    {
        public void Report(RolloutProgress value) => report(value);
    }
}
