using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Delegation;
using CloudPosture.Json;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Delegation;

/// <summary>From the token to a connection that works.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task An_account_ends_in_a_bounded_role_and_a_connection_that_enters_it()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        var events = new List<DelegationStackEvent>();
        var (request, connection) = await world.CompleteAsync(sent, events.Add);
        Assert.Equal(DelegationStep.Completed, request.Progress.Step);
        Assert.Equal(("AWS::IAM::Role", "CREATE_COMPLETE"), events.Where(item => item.Resource == "ReaderRole").Select(item => (item.ResourceType, item.Status)).Last());
        Assert.Equal("prod", Assert.Single(await world.Connections.ListAsync(CancellationToken.None)).Name);
        var account = Assert.Single(await world.Resolver.ResolveAsync(connection, CancellationToken.None));
        var target = new AwsTarget { Credentials = account.Credentials, Region = "us-east-1" };
        var roles = await world.Client.ListAsync(new AwsQuestion("iam", "GetAccountAuthorizationDetails", new { Filter = new[] { "Role" } }), "RoleDetailList", target, CancellationToken.None).ToListAsync();
        var role = roles.Single(role => role.Text("RoleName") == "PostureReader");
        Assert.Equal("arn:aws:iam::aws:policy/SecurityAudit", role.GetProperty("PermissionsBoundary").Text("PermissionsBoundaryArn"));
    }

    [Fact]
    public async Task An_organization_ends_in_a_role_of_every_account_and_one_connection()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world, world.Spec(ConnectionKind.Organization));
        var (_, connection) = await world.CompleteAsync(sent);
        var accounts = await world.Resolver.ResolveAsync(connection, CancellationToken.None);
        Assert.Equal(world.Server.Organization.Accounts.Select(account => account.Id).Order(), accounts.Select(account => account.AccountId).Order());
        foreach (var account in accounts)
        {
            Assert.NotEmpty((await world.Resolver.OpenAsync(account, CancellationToken.None)).Regions);
        }
    }

    [Fact]
    public async Task The_rights_are_the_approvers_within_the_policy()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var weak = world.Reviewer(sent, "weak", """{"Statement":{"Effect":"Allow","Action":["iam:*DelegationRequest*","iam:SendDelegationToken","cloudformation:*"],"Resource":"*"}}""");
        await world.ApproveAsync(sent, weak);
        await world.ReceiveAsync(sent);
        var failed = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Equal(DelegationError.RolledBack, failed.Error);
        Assert.Contains("iam:CreateRole", failed.Message, StringComparison.Ordinal);
        Assert.Contains("nothing is left", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_without_the_boundary_that_is_demanded_is_not_made()
    {
        await using var world = await DelegationFixture.StartAsync();
        var spec = world.Spec();
        var sent = await ReleasedAsync(world, spec with { Plan = spec.Plan with { PermissionsBoundary = "arn:aws:iam::aws:policy/ReadOnlyAccess" } });
        Assert.Contains("permissions boundary", (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ends_while_the_stack_is_under_way_loses_nothing()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        world.Clock.DuringPause = () => world.Clock.Advance(TimeSpan.FromHours(1));
        var ended = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Equal(DelegationError.Expired, ended.Error);
        Assert.Contains("CloudPosture-", ended.Message, StringComparison.Ordinal);
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(sent)).Request.Progress.Step);
    }

    [Fact]
    public async Task A_stack_that_is_rolled_back_tells_why_and_the_next_request_goes_through()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world, world.Spec(roleName: "app-server"));
        var failed = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Contains("app-server already exists", failed.Message, StringComparison.Ordinal);
        Assert.Equal(sent.WorkflowId, failed.Advice!.Subject);
        world.Restart();
        Assert.Equal(DelegationError.RolledBack, (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Error);
        var again = DelegationService.Again(world.Store.Find(sent.WorkflowId!)!);
        var next = await ReleasedAsync(world, again with { Plan = again.Plan with { RoleName = "app-reader" } });
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(next)).Request.Progress.Step);
    }

    [Fact]
    public async Task A_token_is_good_once()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        var spent = world.Server.Delegation.Messages(DelegationFixture.Topic).SelectMany(DelegationNotification.Parse).Single(message => message.Token is not null);
        await world.CompleteAsync(sent);
        world.Restart();
        world.Store.Remove(world.Store.Find(sent.WorkflowId!)!);
        await world.Store.AddAsync(sent with { State = DelegationState.Finalized, Progress = new DelegationProgress() }, CancellationToken.None);
        await world.Service.ReceiveAsync(spent, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Equal(DelegationError.Expired, refused.Error);
        Assert.Contains("used before", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_waited_too_long_is_refused()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(DelegationError.Expired, (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Error);
    }

    [Fact]
    public async Task Without_its_token_a_finalized_request_asks_for_the_message()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        world.Restart();
        Assert.Equal(DelegationError.NoToken, (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Error);
        await world.ReceiveAsync(sent);
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(sent)).Request.Progress.Step);
    }

    [Fact]
    public async Task A_request_that_is_not_decided_cannot_be_completed()
    {
        await using var world = await DelegationFixture.StartAsync();
        Assert.Equal(DelegationError.WrongState, (await Assert.ThrowsAsync<DelegationException>(async () => await world.CompleteAsync(await world.SendAsync()))).Error);
    }

    [Theory]
    [InlineData("sts", "GetDelegatedAccessToken")]
    [InlineData("sts", "GetCallerIdentity")]
    [InlineData("cloudformation", "CreateStack")]
    [InlineData("cloudformation", "DescribeStackEvents")]
    [InlineData("sts", "AssumeRole")]
    [InlineData("ec2", "DescribeRegions")]
    public async Task A_completion_that_breaks_off_goes_on_in_the_same_session(string service, string operation)
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        await BreakOffAsync(world, sent, service, operation);
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(sent)).Request.Progress.Step);
        Assert.Single(world.Server.Calls, call => call is { Operation: "CreateStack", Code: null });
    }

    [Theory]
    [InlineData("cloudformation", "DescribeStackEvents")]
    [InlineData("sts", "AssumeRole")]
    [InlineData("ec2", "DescribeRegions")]
    public async Task A_completion_whose_process_is_killed_goes_on_in_another(string service, string operation)
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        await BreakOffAsync(world, sent, service, operation);
        world.Restart();
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(sent)).Request.Progress.Step);
        Assert.Single(await world.Connections.ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("sts", "GetCallerIdentity", DelegationError.NoToken)]
    [InlineData("cloudformation", "CreateStack", DelegationError.NoToken)]
    public async Task A_process_killed_before_the_stack_takes_the_credentials_with_it_and_says_so(string service, string operation, DelegationError error)
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        await BreakOffAsync(world, sent, service, operation);
        world.Restart();
        var lost = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Equal(error, lost.Error);
        Assert.Contains("new workflow id", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_token_nor_credentials_reach_disk_records_or_errors()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        await world.ApproveAsync(sent);
        var token = world.Server.Delegation.Messages(DelegationFixture.Topic)
            .Select(body => JsonDocument.Parse(JsonDocument.Parse(body).RootElement.Text("Message")!).RootElement.Text("ExchangeToken"))
            .Single(text => text is not null)!;
        var told = new List<string>();
        var received = await world.ReceiveAsync(sent);
        told.Add(JsonSerializer.Serialize(received));
        told.Add(JsonSerializer.Serialize(world.Server.Delegation.Messages(DelegationFixture.Topic).SelectMany(DelegationNotification.Parse)));
        told.AddRange(world.Server.Delegation.Messages(DelegationFixture.Topic).SelectMany(DelegationNotification.Parse).Select(message => message.ToString()));
        var fault = world.Server.Faults.Add(new Fault { Service = "sts", Operation = "GetDelegatedAccessToken", Status = 400, Code = "ExpiredTradeInTokenException", Message = "The token " + token + " is spent" });
        told.Add((await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).ToString());
        world.Server.Faults.Remove(fault);
        await world.ReceiveAsync(sent);
        told.Add(JsonSerializer.Serialize((await world.CompleteAsync(sent)).Request));
        Assert.DoesNotContain(told.Concat(world.Disk()), text => text.Contains(token, StringComparison.Ordinal) || text.Contains("ASIA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_nickname_is_told_and_completing_again_goes_on()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await ReleasedAsync(world);
        await world.Connections.AddAsync([new PostureConnection { Name = "prod" }], replace: false, CancellationToken.None);
        Assert.Equal(DelegationError.ConnectionFailed, (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Error);
        await world.Connections.ChangeAsync("prod", connection => connection with { Name = "old" }, CancellationToken.None);
        Assert.Equal(DelegationStep.Completed, (await world.CompleteAsync(sent)).Request.Progress.Step);
    }

    private static async Task<DelegationRequest> ReleasedAsync(DelegationFixture world, DelegationSpec? spec = null)
    {
        var sent = await world.SendAsync(spec);
        await world.ApproveAsync(sent);
        await world.ReceiveAsync(sent);
        return sent;
    }

    private static async Task BreakOffAsync(DelegationFixture world, DelegationRequest sent, string service, string operation)
    {
        var fault = world.Server.Faults.Add(new Fault { Service = service, Operation = operation, Status = 400, Code = "Interrupted" });
        await Assert.ThrowsAnyAsync<Exception>(() => world.CompleteAsync(sent));
        world.Server.Faults.Remove(fault);
    }
}
