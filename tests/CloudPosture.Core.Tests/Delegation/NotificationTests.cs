using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;

namespace CloudPosture.Tests.Delegation;

/// <summary>Messages as SNS and SQS deliver them.</summary>
public sealed class NotificationTests
{
    private const string Message = """{"Type":"StateChange","RequestId":"0123456789abcdef","RequestorWorkflowId":"w-0001","State":"PENDING APPROVAL","OwnerAccountId":"111122223333","UpdatedAt":"2026-05-04T12:00:00Z"}""";

    public static TheoryData<string> Envelopes => new(
        Message,
        Message.Replace("PENDING APPROVAL", "PENDING_APPROVAL", StringComparison.Ordinal),
        Sns(Message),
        JsonSerializer.Serialize(new { MessageId = "1", Body = Sns(Message) }),
        JsonSerializer.Serialize(new { Messages = new[] { new { Body = Sns(Message) } } }),
        JsonSerializer.Serialize(new { Body = Message }));

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Every_envelope_and_spelling_is_read(string body)
    {
        var notification = Assert.Single(DelegationNotification.Parse(body));
        Assert.Equal(("0123456789abcdef", "w-0001", DelegationState.PendingApproval), (notification.RequestId, notification.WorkflowId, notification.State));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero), notification.Updated);
        Assert.Null(notification.Token);
    }

    [Theory]
    [InlineData("hello s3cret")]
    [InlineData("""{"Message":"s3cret"}""")]
    [InlineData("""{"Type":"ExchangeToken","RequestId":"1","RequestorWorkflowId":"w-0001","State":"s3cret"}""")]
    [InlineData("""{"Type":"StateChange","RequestId":"1","RequestorWorkflowId":"w-0001","State":"s3cret"}""")]
    [InlineData("""["s3cret"]""")]
    public void What_is_no_notification_is_refused_without_repeating_it(string body)
    {
        var refused = Assert.Throws<DelegationException>(() => DelegationNotification.Parse(body));
        Assert.Equal(DelegationError.NotNotification, refused.Error);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_in_any_order_and_number_end_in_the_last_state()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        await world.ApproveAsync(sent);
        foreach (var body in world.Server.Delegation.Messages().Reverse().Concat(world.Server.Delegation.Messages()))
        {
            await world.Service.ReceiveAsync(DelegationNotification.Parse(body).Single(), CancellationToken.None);
        }

        Assert.Equal(DelegationState.Finalized, world.Store.Find(sent.RequestId!)!.State);
        Assert.True(world.Secrets.Has(sent.RequestId!));
    }

    [Fact]
    public async Task A_message_that_names_our_workflow_with_another_request_is_not_believed()
    {
        await using var world = await DelegationFixture.StartAsync();
        var sent = await world.SendAsync();
        var forged = Message.Replace("w-0001", sent.WorkflowId, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DelegationException>(() => world.Service.ReceiveAsync(DelegationNotification.Parse(forged).Single(), CancellationToken.None));
        Assert.Equal(DelegationState.Unassigned, world.Store.Find(sent.WorkflowId!)!.State);
    }

    private static string Sns(string message) => JsonSerializer.Serialize(new { Type = "Notification", Message = message });
}
