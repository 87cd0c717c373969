using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Delegation;

/// <summary>Decides about the delegation requests of others: takes them up, forwards, approves or rejects them.</summary>
/// <param name="client">What asks AWS.</param>
/// <param name="requests">Tells how a request stands.</param>
public sealed class DelegationReview(AwsClient client, DelegationService requests)
{
    /// <summary>Takes a request up for the caller.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="reviewer">Who takes it up; of the owner account where one is named.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request as it then stands.</returns>
    /// <exception cref="DelegationException">It cannot be taken up, or a permission is missing.</exception>
    public async Task<DelegationRequest> AssociateAsync(string requestId, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        await ActAsync("AssociateDelegationRequest", requestId, null, "taken up", reviewer, cancellationToken).ConfigureAwait(false);
        return await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forwards a request to the account's administrators, taking it up first where nobody has.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="notes">A word to them, at most 500 characters.</param>
    /// <param name="reviewer">The request's owner, or who becomes it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <inheritdoc cref="AssociateAsync" path="/returns|/exception"/>
    public async Task<DelegationRequest> ForwardAsync(string requestId, string? notes, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        DelegationRules.ValidateNotes(notes);
        await TakeUpAsync(requestId, reviewer, cancellationToken).ConfigureAwait(false);
        await ActAsync("UpdateDelegationRequest", requestId, notes, "forwarded", reviewer, cancellationToken).ConfigureAwait(false);
        return await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Approves a request from whatever state it is in: takes it up where nobody has, accepts it, and releases its token. Where only the
    /// owner may release the token and the reviewer is not the owner, the request is left accepted.
    /// </summary>
    /// <param name="requestId">The request.</param>
    /// <param name="releaseToken">False to accept only; releasing the token cannot be taken back.</param>
    /// <param name="reviewer">Who approves.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <inheritdoc cref="AssociateAsync" path="/returns|/exception"/>
    public async Task<DelegationRequest> ApproveAsync(string requestId, bool releaseToken, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        var request = await TakeUpAsync(requestId, reviewer, cancellationToken).ConfigureAwait(false);
        if (request.State is DelegationState.Assigned or DelegationState.PendingApproval)
        {
            await ActAsync("AcceptDelegationRequest", requestId, null, "approved", reviewer, cancellationToken).ConfigureAwait(false);
        }
        else if (request.State is not DelegationState.Accepted)
        {
            throw DelegationFailure.WrongState(request, "approved");
        }

        if (releaseToken)
        {
            try
            {
                await ActAsync("SendDelegationToken", requestId, null, "released", reviewer, cancellationToken).ConfigureAwait(false);
            }
            catch (DelegationException refused) when (refused.Error == DelegationError.MissingPermission && request.OnlySendByOwner)
            {
                // It stays accepted, and the answer below says so.
            }
        }

        return await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rejects a request, for good.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="notes">Why, at most 500 characters.</param>
    /// <param name="reviewer">Who rejects.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <inheritdoc cref="AssociateAsync" path="/returns|/exception"/>
    public async Task<DelegationRequest> DenyAsync(string requestId, string? notes, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        DelegationRules.ValidateNotes(notes);
        await TakeUpAsync(requestId, reviewer, cancellationToken).ConfigureAwait(false);
        await ActAsync("RejectDelegationRequest", requestId, notes, "rejected", reviewer, cancellationToken).ConfigureAwait(false);
        return await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DelegationRequest> TakeUpAsync(string requestId, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        var request = await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false);
        return request.State == DelegationState.Unassigned ? await AssociateAsync(requestId, reviewer, cancellationToken).ConfigureAwait(false) : request;
    }

    private async Task ActAsync(string operation, string requestId, string? notes, string verb, AwsTarget reviewer, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object> { ["DelegationRequestId"] = DelegationRules.ValidateRequestId(requestId) };
        if (!string.IsNullOrEmpty(notes))
        {
            input["Notes"] = notes!;
        }

        try
        {
            await client.AskAsync(new AwsQuestion("iam", operation, input), reviewer, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.AccessDenied)
        {
            throw DelegationFailure.MissingPermission(refused, requestId);
        }
        catch (AwsServiceException refused) when (refused.Code == "NoSuchEntity")
        {
            throw DelegationFailure.NotFound(requestId, refused);
        }
        catch (AwsServiceException refused) when (refused.Code == "InvalidInput")
        {
            throw DelegationFailure.WrongState(await requests.GetAsync(requestId, reviewer, checkPermissions: false, cancellationToken).ConfigureAwait(false), verb, refused);
        }
    }
}
