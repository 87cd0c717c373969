using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Tests.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Organizations;

public sealed class OrganizationRolloutTests : IDisposable
{
    private static readonly RoleSpec Role = TestRoles.Of(Vendor.CloudPosture);

    private readonly FakeStackSets _aws = new();
    private readonly AwsClient _client;
    private readonly OrganizationRollout _rollout;
    private readonly List<RolloutProgress> _progress = [];

    public OrganizationRolloutTests()
    {
        _client = new AwsClient(new AwsClientOptions { HttpMessageHandler = _aws, Environment = _ => null });
        _rollout = new OrganizationRollout(
            _client,
            new AwsTarget { Credentials = new BasicAWSCredentials("test", "test"), Region = "eu-central-1" },
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
        var accounts = await _rollout.ApplyAsync(plan, new Immediately(_progress.Add), default);

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
    public async Task ASecondRunUpdatesTheStackSetAndKeepsItsExternalId()
    {
        (_aws.Present, _aws.HasAccess) = ("the-first-one", true);
        var plan = await _rollout.PlanAsync(Role, [], keepExternalId: true, default);
        Assert.Equal("the-first-one", plan.Role.ExternalId);
        await _rollout.ApplyAsync(plan, null, default);
        Assert.Equal(["UpdateStackSet", "CreateStackInstances"], _aws.Writes);

        Assert.Equal(Role.ExternalId, (await _rollout.PlanAsync(Role, [], keepExternalId: false, default)).Role.ExternalId);
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
