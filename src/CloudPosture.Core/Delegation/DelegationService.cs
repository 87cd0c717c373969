using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Json;
using CloudPosture.Time;

namespace CloudPosture.Delegation;

/// <summary>Sends delegation requests, follows them, and takes in what AWS tells of them.</summary>
public sealed class DelegationService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly AwsClient _client;
    private readonly DelegationStore _store;
    private readonly DelegationSecrets _secrets;
    private readonly TimeProvider _clock;

    /// <summary>Makes a service.</summary>
    /// <param name="client">What asks AWS.</param>
    /// <param name="store">Our records.</param>
    /// <param name="secrets">This session's tokens.</param>
    /// <param name="clock">The time; null is the machine's.</param>
    public DelegationService(AwsClient client, DelegationStore store, DelegationSecrets secrets, TimeProvider? clock = null)
    {
        _client = client;
        _store = store;
        _secrets = secrets;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Decides about the requests of others.</summary>
    public DelegationReview Review => new(_client, this);

    /// <summary>The account that a caller belongs to.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>12 digits.</returns>
    /// <exception cref="AwsServiceException">AWS could not be asked.</exception>
    public async Task<string> AccountOfAsync(AwsTarget caller, CancellationToken cancellationToken) =>
        (await CallerIdentity.AskAsync(_client, caller, cancellationToken).ConfigureAwait(false)).AccountId;

    /// <summary>What would be sent: checked against every limit, and recorded nowhere.</summary>
    /// <param name="spec">The request.</param>
    /// <returns>The request, in the state <see cref="DelegationState.Sending"/>.</returns>
    /// <exception cref="DelegationException">It breaks a limit; the message says which.</exception>
    public DelegationRequest Draft(DelegationSpec spec)
    {
        DelegationRules.Validate(spec);
        var now = _clock.UtcNow;
        return new DelegationRequest
        {
            WorkflowId = spec.WorkflowId,
            State = DelegationState.Sending,
            OwnerAccountId = spec.OwnerAccountId,
            Description = spec.Description,
            Message = spec.Message,
            PolicyTemplateArn = spec.PolicyTemplateArn,
            Parameters = spec.Parameters,
            PermissionPolicy = spec.PolicyTemplate is { } template ? DelegationTemplate.Render(template, spec.Parameters) : null,
            SessionDuration = spec.SessionDuration,
            NotificationTopic = spec.NotificationTopic,
            RedirectUrl = spec.RedirectUrl,
            OnlySendByOwner = spec.OnlySendByOwner,
            Created = now,
            Updated = now,
            Expires = DelegationState.Sending.Expiry(now),
            Plan = spec.Plan,
        };
    }

    /// <summary>Sends a request. It is written down before, so that no crash loses one that AWS took.</summary>
    /// <param name="spec">The request.</param>
    /// <param name="sender">The provider's account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request as recorded.</returns>
    /// <exception cref="DelegationException">It breaks a limit, or AWS does not take it; the message says why.</exception>
    /// <exception cref="AwsServiceException">AWS could not be asked.</exception>
    public async Task<DelegationRequest> SendAsync(DelegationSpec spec, AwsTarget sender, CancellationToken cancellationToken)
    {
        var draft = Draft(spec);
        await _store.AddAsync(draft, cancellationToken).ConfigureAwait(false);
        AwsAnswer answer;
        try
        {
            // Once only: were an answer lost, a second attempt would be told that the workflow id is used.
            answer = await _client.SendAsync(DelegationSending.Call(_client.Models, spec, sender), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException refused) when (DelegationSending.IsRefusal(refused))
        {
            _store.Remove(draft);
            throw refused switch
            {
                { Kind: AwsErrorKind.AccessDenied } => DelegationFailure.NotPartner(refused),
                { Code: "EntityAlreadyExists" } => DelegationFailure.AlreadySent(spec.WorkflowId, refused),
                { Code: "InvalidInput" } => new DelegationException(DelegationError.Invalid, $"AWS refused the request: {refused.ServiceMessage.TrimEnd('.')}.", refused),
                _ => refused,
            };
        }
        catch (AwsServiceException lost) when (lost.Kind != AwsErrorKind.Unreachable)
        {
            throw DelegationFailure.Unconfirmed(draft, lost);
        }
        catch (AwsServiceException)
        {
            _store.Remove(draft);
            throw;
        }

        using var received = answer;
        var (id, link) = (answer.Root.Text("DelegationRequestId"), answer.Root.Text("ConsoleDeepLink"));
        var sent = await _store.ChangeAsync(
            draft,
            request => request with { RequestId = id, ConsoleLink = link, State = request.State == DelegationState.Sending ? DelegationState.Unassigned : request.State },
            CancellationToken.None).ConfigureAwait(false);
        return await RefreshAsync(sent, sender, checkPermissions: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request that asks the same again, with a new workflow id.</summary>
    /// <param name="request">One of ours.</param>
    /// <returns>What to send.</returns>
    /// <exception cref="DelegationException">It is not ours.</exception>
    public static DelegationSpec Again(DelegationRequest request) => new()
    {
        Plan = request.Plan ?? throw new DelegationException(DelegationError.Invalid, $"The delegation request {request.RequestId} was sent by somebody else: only they can send it again."),
        OwnerAccountId = request.OwnerAccountId!,
        PolicyTemplateArn = request.PolicyTemplateArn!,
        Parameters = request.Parameters,
        Description = request.Description!,
        Message = request.Message,
        SessionDuration = request.SessionDuration,
        NotificationTopic = request.NotificationTopic!,
        RedirectUrl = request.RedirectUrl,
        OnlySendByOwner = request.OnlySendByOwner,
    };

    /// <summary>Finds a request: our record of it joined with what IAM answers, or what IAM answers alone.</summary>
    /// <param name="id">The request's id, or the workflow id of one of ours.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="checkPermissions">True to have AWS check whether the caller has the rights that would be delegated.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DelegationException">There is none, or the caller may not see it.</exception>
    public Task<DelegationRequest> GetAsync(string id, AwsTarget caller, bool checkPermissions, CancellationToken cancellationToken) =>
        RefreshAsync(_store.Find(id) ?? new DelegationRequest { RequestId = DelegationRules.ValidateRequestId(id) }, caller, checkPermissions, cancellationToken);

    /// <summary>The requests that the caller's account lists: those that somebody of it has taken up.</summary>
    /// <param name="ownerId">The ARN of that identity; null for the caller's own view.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DelegationException">The caller may not list them.</exception>
    public async IAsyncEnumerable<DelegationRequest> ListAsync(string? ownerId, AwsTarget caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = ownerId is null ? null : new Dictionary<string, object> { ["OwnerId"] = ownerId };
        var pages = _client.ListAsync(new AwsQuestion("iam", "ListDelegationRequests", input), "DelegationRequests", caller, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposed = pages.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.AccessDenied)
            {
                throw DelegationFailure.MissingListPermission(refused);
            }

            var known = pages.Current.Text("DelegationRequestId") is { } id ? _store.Find(id) : null;
            yield return (known ?? new DelegationRequest()).Join(pages.Current);
        }
    }

    /// <summary>Asks IAM about a request and records what is new. IAM does not show every request to its sender; then the record stands, as notifications and time have left it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="checkPermissions">True to have the caller's own rights checked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DelegationException">It is not ours, and the caller may not see it.</exception>
    public async Task<DelegationRequest> RefreshAsync(DelegationRequest request, AwsTarget caller, bool checkPermissions, CancellationToken cancellationToken)
    {
        // Another session may have received a notification meanwhile.
        request = request.WorkflowId is null ? request : _store.Find(request.WorkflowId) ?? request;
        if (request.RequestId is not null)
        {
            try
            {
                var input = new Dictionary<string, object> { ["DelegationRequestId"] = request.RequestId, ["DelegationPermissionCheck"] = checkPermissions };
                var answer = await _client.AskAsync(new AwsQuestion("iam", "GetDelegationRequest", input), caller, cancellationToken).ConfigureAwait(false);
                var joined = await _store.ChangeAsync(request, old => old.Join(answer.GetProperty("DelegationRequest")), cancellationToken).ConfigureAwait(false);
                return joined with { PermissionCheckStatus = answer.Text("PermissionCheckStatus"), PermissionCheckResult = answer.Text("PermissionCheckResult") };
            }
            catch (AwsServiceException refused) when (request.Plan is null)
            {
                throw refused switch
                {
                    { Kind: AwsErrorKind.AccessDenied } => DelegationFailure.MissingPermission(refused, request.RequestId),
                    { Code: "NoSuchEntity" } => DelegationFailure.NotFound(request.RequestId, refused),
                    _ => refused,
                };
            }
            catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.AccessDenied || refused.Code == "NoSuchEntity")
            {
                // Of a request of our own we know from notifications how it stands, though IAM shows it no more.
            }
        }

        return await _store.ChangeAsync(request, old => old.At(_clock.UtcNow), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a request is decided: accepted, finalized, rejected or expired.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="untilFinal">True to wait on after it is accepted, until the token is released.</param>
    /// <param name="timeout">The longest wait; null for as long as the request lives.</param>
    /// <param name="progress">Told the request each time it was looked at.</param>
    /// <param name="cancellationToken">Cancels; nothing is lost.</param>
    /// <returns>The request as it then stands.</returns>
    /// <exception cref="DelegationException">The time is over.</exception>
    public async Task<DelegationRequest> WaitAsync(
        DelegationRequest request, AwsTarget caller, bool untilFinal, TimeSpan? timeout, Action<DelegationRequest>? progress, CancellationToken cancellationToken)
    {
        var end = timeout is { } patience ? _clock.UtcNow + patience : (DateTimeOffset?)null;
        for (var pause = ShortestPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks)))
        {
            request = await RefreshAsync(request, caller, checkPermissions: false, cancellationToken).ConfigureAwait(false);
            progress?.Invoke(request);
            if (request.State.IsFinal() || (request.State == DelegationState.Accepted && !untilFinal))
            {
                return request;
            }

            var now = _clock.UtcNow;
            if (now >= end)
            {
                throw DelegationFailure.TimedOut(request, timeout!.Value);
            }

            await _clock.DelayAsync(now + pause > end ? end.Value - now : pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes in a notification: updates our record, and keeps a token in this session's memory. One that comes late or twice changes nothing.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request; without a plan where it is none of ours.</returns>
    public async Task<DelegationRequest> ReceiveAsync(DelegationNotification notification, CancellationToken cancellationToken)
    {
        var request = _store.Find(notification.WorkflowId);
        if (request?.RequestId is { } id && id != notification.RequestId)
        {
            throw new DelegationException(DelegationError.NotNotification, $"The notification names the workflow id '{request.WorkflowId}' with another request than {id}: it is not AWS's. Check who can write to {request.NotificationTopic}.");
        }

        var updated = notification.Updated ?? _clock.UtcNow;
        request ??= new DelegationRequest { RequestId = notification.RequestId, WorkflowId = notification.WorkflowId, OwnerAccountId = notification.OwnerAccountId };
        request = await _store.ChangeAsync(
            request,
            old => (notification.State is { } state && old.State.CanBecome(state) ? old.In(state, updated) : old) with { RequestId = notification.RequestId },
            cancellationToken).ConfigureAwait(false);
        if (notification.Token is { } token && request is { Plan: not null, Progress.Step: DelegationStep.None })
        {
            _secrets.Keep(notification.RequestId, token);
        }

        return request;
    }
}
