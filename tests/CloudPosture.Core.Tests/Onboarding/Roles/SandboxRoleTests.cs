using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Tests.Sandbox;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>Roles in an IAM that refuses, and is as late, as AWS's own.</summary>
public sealed class SandboxRoleTests
{
    private const string Anything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"}]}""";

    private readonly List<TimeSpan> _pauses = [];
    private readonly List<RoleWait> _waits = [];

    [Fact]
    public async Task A_role_that_IAM_does_not_show_yet_is_waited_for()
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { RoleAppearanceAttempts = 3 });
        using var client = Client(sandbox);

        var made = await MakeAsync(client, sandbox, Reader(sandbox));

        Assert.Equal(RoleOutcome.Created, made.Outcome);
        Assert.Equal([1, 2, 4], _pauses.Select(pause => pause.TotalSeconds));
        Assert.All(_waits, wait => Assert.False(wait.MayBeMistaken));
        Assert.True(_waits[^1].IsOver);
    }

    [Fact]
    public async Task A_policy_that_is_not_there_is_not_waited_for()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);

        await Assert.ThrowsAsync<RoleChangeException>(() => MakeAsync(client, sandbox, Reader(sandbox) with { ManagedPolicies = ["NoSuchPolicy"] }));

        Assert.Empty(_pauses);
    }

    [Fact]
    public async Task A_misspelt_principal_is_named_at_once_and_not_waited_for_long()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var principal = $"arn:aws:iam::{Management(sandbox)}:role/mispelt";

        await Assert.ThrowsAsync<RoleChangeException>(() => MakeAsync(client, sandbox, Reader(sandbox) with { TrustedPrincipals = [TrustedPrincipal.Parse(principal)] }));

        Assert.InRange(_pauses.Sum(pause => pause.TotalSeconds), 1, 15);
        Assert.Contains(principal, _waits[0].Reason, StringComparison.Ordinal);
        Assert.True(_waits[0].MayBeMistaken && _waits[0].Waited == TimeSpan.Zero && _waits[^1].IsOver);
        Assert.Null(await Manager(client, sandbox).GetAsync("Reader", default));
    }

    [Fact]
    public async Task A_principal_that_is_there_is_waited_for_as_long_as_it_takes()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var principal = $"arn:aws:iam::{Management(sandbox)}:role/{SandboxOrganization.ReaderRole}";
        sandbox.Server.Faults.Add(new Fault { Service = "iam", Operation = "CreateRole", Status = 400, Code = "MalformedPolicyDocument", Message = $"Invalid principal in policy: \"AWS\":\"{principal}\"", Count = 6 });

        var made = await MakeAsync(client, sandbox, Reader(sandbox) with { TrustedPrincipals = [TrustedPrincipal.Parse(principal)] });

        Assert.Equal([1, 2, 4, 8, 15, 15], _pauses.Select(pause => pause.TotalSeconds));
        Assert.False(_waits[0].MayBeMistaken);
        Assert.Equal([principal], made.TrustedPrincipals);
    }

    [Fact]
    public async Task A_role_for_EC2_gets_an_instance_profile_that_goes_with_it()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var hub = VendorPreset.Of(Vendor.Cartography).Build(new PresetValues { Part = RolePart.Hub, HubAccountId = Management(sandbox) }, Shipped.Content.Catalog) with { Path = "/team/" };

        var plan = await Manager(client, sandbox).PlanAsync(hub, default);
        Assert.Equal(
            ["Create the role cartography-service", "Put the policy CartographyAssumeRolePolicy into the role", "Create the instance profile cartography-service", "Put the role into the instance profile cartography-service"],
            plan.Changes.Select(change => change.Action));
        Assert.Equal(["cartography-service"], (await Manager(client, sandbox).ApplyAsync(plan, null, default)).InstanceProfileNames);
        Assert.Empty((await Manager(client, sandbox).PlanAsync(hub, default)).Changes);

        var removal = await Manager(client, sandbox).PlanRemovalAsync("cartography-service", keepPolicies: false, default);
        Assert.Equal("Remove the role from the instance profile cartography-service", removal![0].Action);
        Assert.Equal("Delete the instance profile cartography-service", removal[^1].Action);
        await Manager(client, sandbox).RemoveAsync(removal, null, default);
        Assert.Equal("NoSuchEntity", (await sandbox.FailAsync("iam", "GetInstanceProfile", new { InstanceProfileName = "cartography-service" })).Code);
    }

    [Fact]
    public async Task What_was_made_before_the_instance_profile_failed_is_taken_back()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var hub = VendorPreset.Of(Vendor.Cartography).Build(new PresetValues { Part = RolePart.Hub }, Shipped.Content.Catalog);
        sandbox.Server.Faults.Add(new Fault { Service = "iam", Operation = "AddRoleToInstanceProfile", Status = 409, Code = "LimitExceeded", Count = 1 });

        Assert.Empty((await Assert.ThrowsAsync<RoleChangeException>(() => MakeAsync(client, sandbox, hub))).Remains);

        Assert.Null(await Manager(client, sandbox).GetAsync("cartography-service", default));
        Assert.Equal("NoSuchEntity", (await sandbox.FailAsync("iam", "GetInstanceProfile", new { InstanceProfileName = "cartography-service" })).Code);
    }

    [Fact]
    public async Task An_instance_profile_of_that_name_with_another_role_is_refused_before_any_change()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var hub = VendorPreset.Of(Vendor.Cartography).Build(new PresetValues { Part = RolePart.Hub }, Shipped.Content.Catalog);
        await sandbox.CallAsync("iam", "CreateInstanceProfile", new { InstanceProfileName = "cartography-service" }, sandbox.Administrator);
        await sandbox.CallAsync("iam", "AddRoleToInstanceProfile", new { InstanceProfileName = "cartography-service", RoleName = SandboxOrganization.ReaderRole }, sandbox.Administrator);

        Assert.Contains(SandboxOrganization.ReaderRole, (await Assert.ThrowsAsync<RoleSpecException>(() => MakeAsync(client, sandbox, hub))).Message, StringComparison.Ordinal);
        Assert.Null(await Manager(client, sandbox).GetAsync("cartography-service", default));
    }

    [Fact]
    public async Task A_removal_leaves_the_companys_policies()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        await MakeAsync(client, sandbox, VendorPreset.Of(Vendor.CloudPosture).Build(new PresetValues { HubAccountId = Management(sandbox), RoleName = "Reader" }, Shipped.Content.Catalog));
        var company = new[] { "company-baseline", "CloudPosture-ReadOnly-2" };
        foreach (var name in company)
        {
            await sandbox.CallAsync("iam", "CreatePolicy", new { PolicyName = name, Description = "The company's own", PolicyDocument = Anything }, sandbox.Administrator);
            await sandbox.CallAsync("iam", "AttachRolePolicy", new { RoleName = "Reader", PolicyArn = PolicyArn(sandbox, name) }, sandbox.Administrator);
        }

        await Manager(client, sandbox).RemoveAsync((await Manager(client, sandbox).PlanRemovalAsync("Reader", keepPolicies: false, default))!, null, default);

        Assert.Null(await Manager(client, sandbox).GetAsync("Reader", default));
        Assert.Equal("NoSuchEntity", (await sandbox.FailAsync("iam", "GetPolicy", new { PolicyArn = PolicyArn(sandbox, "CloudPosture-ReadOnly") })).Code);
        foreach (var name in company)
        {
            Assert.Equal(0, (await sandbox.CallAsync("iam", "GetPolicy", new { PolicyArn = PolicyArn(sandbox, name) })).GetProperty("Policy").GetProperty("AttachmentCount").GetInt32());
        }
    }

    [Fact]
    public async Task Tags_of_a_policy_are_repaired_and_its_description_is_told()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var role = Reader(sandbox) with { Description = "Old", CustomPolicies = [new NamedPolicy("extra", Anything)], Tags = new Dictionary<string, string> { ["team"] = "red" } };
        await MakeAsync(client, sandbox, role);

        var wanted = role with { Description = "New", Tags = new Dictionary<string, string> { ["team"] = "blue", ["cost"] = "1" } };
        var plan = await Manager(client, sandbox).PlanAsync(wanted, default);
        Assert.Equal(["Set the tags cost of the policy extra", "Set the tags team of the policy extra"], plan.Changes.Where(change => change.Operation == "TagPolicy").Select(change => change.Action));
        Assert.Contains("'Old'", Assert.Single(plan.Notes), StringComparison.Ordinal);
        await Manager(client, sandbox).ApplyAsync(plan, null, default);

        var again = await Manager(client, sandbox).PlanAsync(wanted, default);
        Assert.Empty(again.Changes);
        Assert.Single(again.Notes);
    }

    [Fact]
    public async Task Tags_of_a_policy_are_taken_back_where_a_later_change_fails()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);
        var role = Reader(sandbox) with { CustomPolicies = [new NamedPolicy("extra", Anything)] };
        await MakeAsync(client, sandbox, role);
        sandbox.Server.Faults.Add(new Fault { Service = "iam", Operation = "TagRole", Status = 409, Code = "ConcurrentModification", Count = 1 });

        Assert.Empty((await Assert.ThrowsAsync<RoleChangeException>(() => MakeAsync(client, sandbox, role with { Tags = new Dictionary<string, string> { ["team"] = "red" } }))).Remains);

        Assert.False((await sandbox.CallAsync("iam", "GetPolicy", new { PolicyArn = PolicyArn(sandbox, "extra") })).GetProperty("Policy").TryGetProperty("Tags", out var tags) && tags.GetArrayLength() > 0);
    }

    [Fact]
    public async Task A_name_in_another_case_is_told_as_such()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var client = Client(sandbox);

        var refusal = await Assert.ThrowsAsync<RoleSpecException>(() => MakeAsync(client, sandbox, Reader(sandbox) with { RoleName = SandboxOrganization.ReaderRole.ToLowerInvariant() }));

        Assert.Contains($"'{SandboxOrganization.ReaderRole}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("case", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("path", refusal.Message, StringComparison.Ordinal);
    }

    private static string Management(SandboxClient sandbox) => sandbox.Server.Organization.Accounts[0].Id;

    private static string PolicyArn(SandboxClient sandbox, string name) => $"arn:aws:iam::{Management(sandbox)}:policy/{name}";

    private static RoleSpec Reader(SandboxClient sandbox) => new()
    {
        RoleName = "Reader",
        TrustedPrincipals = [TrustedPrincipal.Parse(Management(sandbox))],
        ExternalId = "unguessable",
        ManagedPolicies = ["SecurityAudit"],
    };

    private static AwsClient Client(SandboxClient sandbox) => new(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Server.Url, Environment = _ => null });

    private RoleManager Manager(AwsClient client, SandboxClient sandbox) => new(client, new AwsTarget { Credentials = sandbox.Administrator, Region = "us-east-1" }, PauseAsync)
    {
        Waiting = new Immediately(_waits),
    };

    private async Task<PostureRole> MakeAsync(AwsClient client, SandboxClient sandbox, RoleSpec role) =>
        await Manager(client, sandbox).ApplyAsync(await Manager(client, sandbox).PlanAsync(role, default), null, default);

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        _pauses.Add(pause);
        return Task.CompletedTask;
    }

    private sealed class Immediately(List<RoleWait> waits) : IProgress<RoleWait>
    {
        public void Report(RoleWait value) => waits.Add(value);
    }
}
