using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.Tests.Aws.Fidelity;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Onboarding.Roles;

public sealed class RoleManagerTests(MotoIam iam) : IClassFixture<MotoIam>
{
    private const string Anything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"}]}""";

    private NotedTime _time = new();

    private RoleManager Manager => new(iam.Client, iam.Target, _time);

    [MotoFact]
    public async Task ARoleIsPlannedWithoutAWriteCreatedOnceAndAssumed()
    {
        var role = Role("Created");
        iam.Calls.Clear();
        var plan = await Manager.PlanAsync(role, default);
        Assert.Empty(iam.Calls.Writes);
        Assert.False(plan.Exists || plan.HasDrift);
        Assert.Equal(
            ["Create the policy Created-extra", "Create the role Created", "Attach the policy SecurityAudit", "Attach the policy Created-extra", "Put the policy inside into the role"],
            plan.Changes.Select(change => change.Action));

        var created = await Manager.ApplyAsync(plan, null, default);
        Assert.Equal(RoleOutcome.Created, created.Outcome);
        Assert.Equal($"arn:aws:iam::{MotoIam.AccountId}:role/team/Created", created.RoleArn);
        Assert.Equal("unguessable", created.ExternalId);
        Assert.Equal([$"arn:aws:iam::{MotoIam.AccountId}:root"], created.TrustedPrincipals);
        Assert.Equal(["arn:aws:iam::aws:policy/SecurityAudit", $"arn:aws:iam::{MotoIam.AccountId}:policy/team/Created-extra"], created.ManagedPolicyArns.Order().Reverse());
        Assert.True(await Manager.WaitUntilAssumableAsync(plan, default));

        iam.Calls.Clear();
        var again = await Manager.PlanAsync(role, default);
        Assert.Empty(again.Changes);
        Assert.Equal(RoleOutcome.Unchanged, (await Manager.ApplyAsync(again, null, default)).Outcome);
        Assert.Empty(iam.Calls.Writes);
    }

    [MotoFact]
    public async Task DriftIsListedAndRepaired()
    {
        var role = Role("Drifted");
        await CreateAsync(role with
        {
            ExternalId = "old-external-id",
            Description = "Old",
            MaxSessionDuration = 7200,
            PermissionsBoundary = "arn:aws:iam::aws:policy/SecurityAudit",
            ManagedPolicies = ["ReadOnlyAccess"],
            CustomPolicies = [new NamedPolicy("Drifted-extra", Anything.Replace("DescribeRegions", "DescribeVpcs"))],
            InlinePolicies = [new NamedPolicy("other", Anything)],
            Tags = new Dictionary<string, string> { ["team"] = "red", ["theirs"] = "kept" },
        });

        var plan = await Manager.PlanAsync(role, default);
        Assert.True(plan.Exists && plan.HasDrift);
        var repaired = await Manager.ApplyAsync(plan, null, default);
        Assert.Equal(RoleOutcome.Repaired, repaired.Outcome);
        Assert.Equal(10, repaired.Changes.Count);
        Assert.Contains("Set the tags team of the policy Drifted-extra", repaired.Changes);
        Assert.Empty((await Manager.PlanAsync(role, default)).Changes);
        Assert.Equal("unguessable", repaired.ExternalId);
        Assert.Equal(["inside"], repaired.InlinePolicyNames);
    }

    [MotoFact]
    public async Task WhatFailsHalfwayIsTakenBack()
    {
        var plan = await Manager.PlanAsync(Role("Broken") with { ManagedPolicies = ["SecurityAudit", "NoSuchPolicy"] }, default);
        var failure = await Assert.ThrowsAsync<RoleChangeException>(() => Manager.ApplyAsync(plan, null, default));
        Assert.Equal("Attach the policy NoSuchPolicy", failure.FailedChange);
        Assert.Empty(failure.Remains);
        Assert.Null(await Manager.GetAsync("Broken", default));
        Assert.Equal(5, (await Manager.PlanAsync(Role("Broken"), default)).Changes.Count);
    }

    [MotoFact]
    public async Task ACancelledCreationLeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var plan = await Manager.PlanAsync(Role("Cancelled"), default);
        await Assert.ThrowsAsync<RoleChangeException>(() => Manager.ApplyAsync(plan, new Immediately(_ => cancellation.Cancel()), cancellation.Token));
        Assert.Null(await Manager.GetAsync("Cancelled", default));
    }

    [MotoFact]
    public async Task RemovalTakesThePoliciesThatWereMadeForTheRoleAndNoOthers()
    {
        await CreateAsync(Role("Removed") with { CustomPolicies = [new NamedPolicy("CloudPosture-ReadOnly", Anything), new NamedPolicy("Removed-extra", Anything)] });
        var changes = await Manager.PlanRemovalAsync("Removed", keepPolicies: false, default);
        await Manager.RemoveAsync(changes!, null, default);
        Assert.Null(await Manager.GetAsync("Removed", default));
        var again = (await Manager.PlanAsync(Role("Removed") with { CustomPolicies = [new NamedPolicy("CloudPosture-ReadOnly", Anything), new NamedPolicy("Removed-extra", Anything)] }, default)).Changes.Select(change => change.Action);
        Assert.Contains("Create the policy CloudPosture-ReadOnly", again);
        Assert.DoesNotContain("Create the policy Removed-extra", again);
        Assert.Null(await Manager.PlanRemovalAsync("Removed", keepPolicies: false, default));
    }

    [MotoFact]
    public async Task ARoleForAnotherAccountIsRefusedBeforeAnyWrite()
    {
        iam.Calls.Clear();
        await Assert.ThrowsAsync<RoleSpecException>(() => Manager.PlanAsync(Role("Elsewhere") with { AccountId = "999999999999" }, default));
        Assert.Empty(iam.Calls.Writes);
    }

    [MotoFact]
    public async Task ANewRoleIsWaitedForWithGrowingPausesAndNotForever()
    {
        await CreateAsync(Role("Slow"));
        var plan = await Manager.PlanAsync(Role("Slow"), default);
        iam.Calls.Refusals = 3;
        Assert.True(await Manager.WaitUntilAssumableAsync(plan, default));
        Assert.Equal([1, 2, 4], _time.Pauses.Select(pause => pause.TotalSeconds));

        _time = new NotedTime();
        iam.Calls.Refusals = int.MaxValue;
        Assert.False(await Manager.WaitUntilAssumableAsync(plan, default));
        Assert.InRange(_time.Pauses.Sum(pause => pause.TotalSeconds), 120, 135);
        iam.Calls.Refusals = 0;
    }

    [MotoFact]
    public async Task WhoIsNotTrustedCannotTellWhetherTheRoleCanBeAssumed()
    {
        var plan = await Manager.PlanAsync(Role("Foreign") with { TrustedPrincipals = [TrustedPrincipal.Parse("111122223333")] }, default);
        Assert.Null(await Manager.WaitUntilAssumableAsync(plan, default));
    }

    /// <summary>The script for Bash, run by the real AWS CLI, leaves exactly the role that the API would make.</summary>
    [MotoFact]
    public async Task TheBashScriptMakesTheSameRole()
    {
        if (!ExternalTool.IsHere("bash") || !ExternalTool.IsHere("aws"))
        {
            return;
        }

        var role = Role("Scripted") with { Description = "It's \"100%\" $HOME é" };
        var folder = Directory.CreateTempSubdirectory("script");
        try
        {
            var script = Path.Combine(folder.FullName, "role.sh");
            await File.WriteAllTextAsync(script, Template.Write(TemplateFormat.Bash, new TemplateRequest { Role = role }));
            var (exitCode, output) = ExternalTool.Run(folder.FullName, "bash", [script], new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = iam.Endpoint.OriginalString,
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_CONFIG_FILE"] = Path.Combine(folder.FullName, "none"),
                ["LC_ALL"] = "C.UTF-8",
            });
            Assert.True(exitCode == 0, output);
            Assert.Contains($"arn:aws:iam::{MotoIam.AccountId}:role/team/Scripted", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Empty((await Manager.PlanAsync(role, default)).Changes);
    }

    private static RoleSpec Role(string name) => new()
    {
        RoleName = name,
        Path = "/team/",
        Description = "Reads",
        TrustedPrincipals = [TrustedPrincipal.Parse(MotoIam.AccountId)],
        ExternalId = "unguessable",
        ManagedPolicies = ["SecurityAudit"],
        CustomPolicies = [new NamedPolicy(name + "-extra", Anything)],
        InlinePolicies = [new NamedPolicy("inside", Anything)],
        Tags = new Dictionary<string, string> { ["team"] = "blue" },
    };

    private async Task CreateAsync(RoleSpec role) =>
        await Manager.ApplyAsync(await Manager.PlanAsync(role, default), null, default);

    private sealed class Immediately(Action<RoleChange> report) : IProgress<RoleChange>
    {
        public void Report(RoleChange value) => report(value);
    }
}
