using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Delegation;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Delegation;

/// <summary>From sending to the decision.</summary>
public sealed class ReviewTests
{
    private const string NoAccept = """{"Statement":{"Effect":"Allow","Action":["iam:Get*","iam:List*","iam:AssociateDelegationRequest","iam:UpdateDelegationRequest","iam:RejectDelegationRequest"],"Resource":"*"}}""";

    [Fact]
    public async Task A_sent_request_is_recorded_with_its_link_and_the_policy_it_comes_to()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var kept = new DelegationStoreView(world).Only();
        Assert.Equal(DelegationState.Unassigned, sent.State);
        Assert.Equal(sent.RequestId, kept.RequestId);
        Assert.StartsWith("https://signin.aws.amazon.com/", kept.ConsoleLink, StringComparison.Ordinal);
        Assert.Contains("role/PostureReader", kept.PermissionPolicy, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(1), kept.TimeLeft(world.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Who_is_no_partner_is_told_so_and_leaves_no_record()
    {
        await using var world = await DelegationFixture.StartAsync();
        var stranger = world.Reviewer(new DelegationRequest { OwnerAccountId = world.Member.Id });
        var refused = await Assert.ThrowsAsync<DelegationException>(() => world.Service.SendAsync(world.Spec(), stranger, CancellationToken.None));
        Assert.Equal(DelegationError.NotPartner, refused.Error);
        Assert.Equal("DelegationNotPartner", refused.Advice!.Id);
        Assert.Empty(world.Store.List());
    }

    [Fact]
    public async Task A_workflow_id_serves_once_even_from_another_machine()
    {
        await using var world = await DelegationFixture.StartAsync();
        var spec = world.Spec() with { WorkflowId = "workflow-1" };
        var sent = await world.SendAsync(spec);
        Assert.Equal(DelegationError.AlreadySent, (await Assert.ThrowsAsync<DelegationException>(() => world.SendAsync(spec))).Error);
        world.Store.Remove(sent);
        Assert.Equal(DelegationError.AlreadySent, (await Assert.ThrowsAsync<DelegationException>(() => world.SendAsync(spec))).Error);
        Assert.NotEqual(sent.RequestId, (await world.SendAsync(DelegationService.Again(sent))).RequestId);
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_is_kept_and_confirmed_by_its_notification()
    {
        await using var world = await DelegationFixture.StartAsync();
        var fault = world.Server.Faults.Add(new Fault { Operation = "CreateDelegationRequest", Status = 503, Code = "ServiceFailure" });
        var lost = await Assert.ThrowsAsync<DelegationException>(() => world.SendAsync());
        Assert.Equal(DelegationError.Unconfirmed, lost.Error);
        var kept = new DelegationStoreView(world).Only();
        Assert.Equal((DelegationState.Sending, null), (kept.State, kept.RequestId));
        var body = $$"""{"Type":"StateChange","RequestId":"0123456789abcdef","RequestorWorkflowId":"{{kept.WorkflowId}}","State":"UNASSIGNED"}""";
        var confirmed = await world.Service.ReceiveAsync(DelegationNotification.Parse(body).Single(), CancellationToken.None);
        Assert.Equal((DelegationState.Unassigned, "0123456789abcdef"), (confirmed.State, confirmed.RequestId));
    }

    [Fact]
    public async Task A_policy_that_comes_to_more_than_2048_characters_is_refused_here_and_by_AWS()
    {
        await using var world = await DelegationFixture.StartAsync();
        var spec = world.Spec();
        spec = spec with { Parameters = [spec.Parameters[0], spec.Parameters[1] with { Values = [new string('a', 2048)] }] };
        Assert.Contains("2,048", (await Assert.ThrowsAsync<DelegationException>(() => world.SendAsync(spec))).Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<DelegationException>(() => world.SendAsync(spec with { PolicyTemplate = null }));
        Assert.Equal(DelegationError.Invalid, refused.Error);
        Assert.Contains("2048", refused.Message, StringComparison.Ordinal);
        Assert.Empty(world.Store.List());
    }

    [Fact]
    public async Task The_owner_approves_in_one_go()
    {
        await using var world = await DelegationFixture.StartAsync();
        var decided = await world.ApproveAsync(await world.SendAsync());
        Assert.Equal(DelegationState.Finalized, decided.State);
        Assert.Equal(decided.OwnerId, decided.ApproverId);
        Assert.Null(decided.Expires);
    }

    [Fact]
    public async Task A_user_forwards_and_an_administrator_approves()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var user = world.Reviewer(sent, "user", NoAccept);
        var forwarded = await world.Service.Review.ForwardAsync(sent.RequestId!, "please look", user, CancellationToken.None);
        Assert.Equal((DelegationState.PendingApproval, "please look"), (forwarded.State, forwarded.Notes));
        var denied = await Assert.ThrowsAsync<DelegationException>(() => world.ApproveAsync(sent, user));
        Assert.Equal(DelegationError.MissingPermission, denied.Error);
        Assert.Contains("iam:AcceptDelegationRequest", denied.Message, StringComparison.Ordinal);
        var decided = await world.ApproveAsync(sent);
        Assert.Equal(DelegationState.Finalized, decided.State);
        Assert.EndsWith("user/user", decided.OwnerId, StringComparison.Ordinal);
        Assert.EndsWith("user/admin", decided.ApproverId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_releases_the_token_where_the_sender_wants_it_so()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync(world.Spec() with { OnlySendByOwner = true });
        var owner = world.Reviewer(sent, "owner");
        await world.Service.Review.ForwardAsync(sent.RequestId!, null, owner, CancellationToken.None);
        Assert.Equal(DelegationState.Accepted, (await world.ApproveAsync(sent)).State);
        Assert.Equal(DelegationState.Finalized, (await world.ApproveAsync(sent, owner)).State);
    }

    [Fact]
    public async Task Reviewers_list_what_their_account_has_taken_up_with_the_check_of_their_rights()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var user = world.Reviewer(sent, "user", NoAccept);
        Assert.Empty(await world.Service.ListAsync(null, user, CancellationToken.None).ToListAsync());
        await world.Service.Review.AssociateAsync(sent.RequestId!, user, CancellationToken.None);
        Assert.Equal(sent.RequestId, Assert.Single(await world.Service.ListAsync(null, user, CancellationToken.None).ToListAsync()).RequestId);
        Assert.Equal("DENIED", (await world.Service.GetAsync(sent.RequestId!, user, checkPermissions: true, CancellationToken.None)).PermissionCheckResult);
        Assert.Equal("ALLOWED", (await world.Service.GetAsync(sent.RequestId!, world.Reviewer(sent), checkPermissions: true, CancellationToken.None)).PermissionCheckResult);
    }

    [Theory]
    [InlineData("iam:GetDelegationRequest")]
    [InlineData("iam:AcceptDelegationRequest")]
    [InlineData("iam:RejectDelegationRequest")]
    [InlineData("iam:ListDelegationRequests")]
    [InlineData("iam:AssociateDelegationRequest")]
    [InlineData("iam:UpdateDelegationRequest")]
    [InlineData("iam:SendDelegationToken")]
    public async Task A_permission_that_a_reviewer_lacks_is_named(string action)
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        world.Server.Deny(action);
        var reviewer = world.Reviewer(sent);
        var denied = await Assert.ThrowsAsync<DelegationException>(() => action switch
        {
            "iam:ListDelegationRequests" => world.Service.ListAsync(null, reviewer, CancellationToken.None).ToListAsync().AsTask(),
            "iam:RejectDelegationRequest" => world.Service.Review.DenyAsync(sent.RequestId!, null, reviewer, CancellationToken.None),
            "iam:UpdateDelegationRequest" => world.Service.Review.ForwardAsync(sent.RequestId!, null, reviewer, CancellationToken.None),
            "iam:GetDelegationRequest" => GetAsReviewerAsync(world, sent, reviewer),
            _ => (Task)world.ApproveAsync(sent, reviewer),
        });
        Assert.Equal(DelegationError.MissingPermission, denied.Error);
        Assert.Contains("permission " + action + " is missing", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_tells_the_time_left_and_ends_with_the_decision()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        world.Clock.DuringPause = () => Deny(world, sent).GetAwaiter().GetResult();
        var seen = 0;
        var ended = await world.Service.WaitAsync(sent, world.Sender, untilFinal: false, null, request => seen += request.TimeLeft(world.Clock.GetUtcNow()) is null ? 100 : 1, CancellationToken.None);
        Assert.Equal(DelegationState.Rejected, ended.State);
        Assert.Equal(101, seen);

        static async Task Deny(DelegationFixture world, DelegationRequest sent)
        {
            await world.Service.Review.DenyAsync(sent.RequestId!, "not now", world.Reviewer(sent), CancellationToken.None);
            await world.ReceiveAsync(sent);
        }
    }

    [Fact]
    public async Task A_wait_that_is_over_loses_nothing()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var patience = TimeSpan.FromMinutes(10);
        var late = await Assert.ThrowsAsync<DelegationException>(() => world.Service.WaitAsync(sent, world.Sender, false, patience, null, CancellationToken.None));
        Assert.Equal(DelegationError.TimedOut, late.Error);
        Assert.Equal(sent.Created + patience, world.Clock.GetUtcNow());
        Assert.Equal(DelegationState.Finalized, (await world.ApproveAsync(sent)).State);
    }

    [Theory]
    [InlineData(DelegationState.Unassigned, 1)]
    [InlineData(DelegationState.Assigned, 7)]
    [InlineData(DelegationState.PendingApproval, 7)]
    [InlineData(DelegationState.Accepted, 7)]
    public async Task Every_undecided_state_expires_and_says_in_which_it_was(DelegationState state, int days)
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var reviewer = world.Reviewer(sent);
        await (state switch
        {
            DelegationState.Assigned => world.Service.Review.AssociateAsync(sent.RequestId!, reviewer, CancellationToken.None),
            DelegationState.PendingApproval => world.Service.Review.ForwardAsync(sent.RequestId!, null, reviewer, CancellationToken.None),
            DelegationState.Accepted => world.Service.Review.ApproveAsync(sent.RequestId!, releaseToken: false, reviewer, CancellationToken.None),
            _ => Task.CompletedTask,
        });
        Assert.Equal(state, (await world.ReceiveAsync(sent)).State);
        world.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal(state, (await world.Service.RefreshAsync(sent, world.Sender, false, CancellationToken.None)).State);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var expired = await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent));
        Assert.Equal(DelegationError.Expired, expired.Error);
        Assert.Equal(("DelegationSendAgain", sent.WorkflowId), (expired.Advice!.Id, expired.Advice.Subject));
        Assert.Equal(state, new DelegationStoreView(world).Only().EndedIn);
        Assert.Equal(DelegationError.WrongState, (await Assert.ThrowsAsync<DelegationException>(() => world.ApproveAsync(sent, reviewer))).Error);
    }

    /// <summary>On a machine that is not the sender's.</summary>
    private static Task<DelegationRequest> GetAsReviewerAsync(DelegationFixture world, DelegationRequest sent, AwsTarget reviewer)
    {
        world.Store.Remove(sent);
        return world.Service.GetAsync(sent.RequestId!, reviewer, checkPermissions: false, CancellationToken.None);
    }

    [Fact]
    public async Task A_rejection_is_final_and_told_with_its_reason()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var reviewer = world.Reviewer(sent);
        var rejected = await world.Service.Review.DenyAsync(sent.RequestId!, "unknown vendor", reviewer, CancellationToken.None);
        Assert.Equal((DelegationState.Rejected, "unknown vendor"), (rejected.State, rejected.RejectionReason));
        await world.ReceiveAsync(sent);
        Assert.Equal(DelegationError.Rejected, (await Assert.ThrowsAsync<DelegationException>(() => world.CompleteAsync(sent))).Error);
        Assert.Equal(DelegationError.WrongState, (await Assert.ThrowsAsync<DelegationException>(() => world.ApproveAsync(sent, reviewer))).Error);
    }
}
