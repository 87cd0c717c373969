using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Errors;
using CloudPosture.Json;
using CloudPosture.Text;
using CloudPosture.Time;

namespace CloudPosture.Delegation;

/// <summary>
/// Turns an approved request into a connection that works: trades the token in, deploys the roles, stores the connection and tests it.
/// Each step is journalled in the request's record before or as it is done, so that an interrupted completion goes on where it was.
/// </summary>
public sealed class DelegationCompletion
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A new role can be entered a while after CloudFormation says that it is there.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly AwsClient _client;
    private readonly DelegationStore _store;
    private readonly DelegationSecrets _secrets;
    private readonly ConnectionStore _connections;
    private readonly ConnectionResolver _resolver;
    private readonly TimeProvider _clock;

    /// <summary>Makes a completion.</summary>
    /// <param name="client">What asks AWS.</param>
    /// <param name="store">Our records.</param>
    /// <param name="secrets">This session's tokens.</param>
    /// <param name="connections">Where the connection is stored.</param>
    /// <param name="resolver">What enters the new role.</param>
    /// <param name="clock">The time; null is the machine's.</param>
    public DelegationCompletion(AwsClient client, DelegationStore store, DelegationSecrets secrets, ConnectionStore connections, ConnectionResolver resolver, TimeProvider? clock = null)
    {
        _client = client;
        _store = store;
        _secrets = secrets;
        _connections = connections;
        _resolver = resolver;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Completes a request, or goes on with its completion.</summary>
    /// <param name="request">One of ours, as <see cref="DelegationService.RefreshAsync"/> answered it.</param>
    /// <param name="sender">The provider's account, which the token was made for.</param>
    /// <param name="progress">Told what CloudFormation says.</param>
    /// <param name="cancellationToken">Cancels; completing again goes on.</param>
    /// <returns>The request, completed, and its connection.</returns>
    /// <exception cref="DelegationException">It cannot be completed; the message says how things were left and what to do.</exception>
    /// <exception cref="AwsServiceException">AWS could not be asked; completing again goes on.</exception>
    public async Task<(DelegationRequest Request, PostureConnection Connection)> CompleteAsync(
        DelegationRequest request, AwsTarget sender, Action<DelegationStackEvent>? progress, CancellationToken cancellationToken)
    {
        if (request.Plan is null)
        {
            throw new DelegationException(DelegationError.Invalid, $"The delegation request {request.RequestId} was sent by somebody else: only they can complete it.");
        }

        if (request.Progress.Step < DelegationStep.Deployed)
        {
            request = await DeployAsync(request, sender, progress, cancellationToken).ConfigureAwait(false);
        }

        var connection = await ConnectAsync(request, cancellationToken).ConfigureAwait(false);
        request = await JournalAsync(request, DelegationStep.Connected, cancellationToken).ConfigureAwait(false);
        try
        {
            await TestAsync(connection, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsUnreached(problem))
        {
            throw DelegationFailure.ConnectionFailed(request, problem);
        }

        _secrets.Forget(request.RequestId!);
        return (await JournalAsync(request, DelegationStep.Completed, cancellationToken).ConfigureAwait(false), connection);
    }

    private async Task<DelegationRequest> DeployAsync(DelegationRequest request, AwsTarget sender, Action<DelegationStackEvent>? progress, CancellationToken cancellationToken)
    {
        if (request.Progress.Step == DelegationStep.RolledBack)
        {
            throw DelegationFailure.RolledBack(request);
        }

        var credentials = await CredentialsAsync(request, sender, cancellationToken).ConfigureAwait(false);
        if (credentials is null)
        {
            return await FindDeployedAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var target = sender with { Credentials = credentials, Region = request.Plan!.Region, AccountId = request.OwnerAccountId };
        try
        {
            return await CreateAsync(request, target, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.AccessDenied)
        {
            throw DelegationFailure.Denied(request, refused);
        }
        catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.ExpiredCredentials)
        {
            _secrets.Forget(request.RequestId!);
            throw DelegationFailure.SessionEnded(_store.Find(request.WorkflowId!) ?? request, refused);
        }
    }

    private async Task<DelegationRequest> CreateAsync(DelegationRequest request, AwsTarget target, Action<DelegationStackEvent>? progress, CancellationToken cancellationToken)
    {
        var identity = await CallerIdentity.AskAsync(_client, target, cancellationToken).ConfigureAwait(false);
        if (identity.AccountId != request.OwnerAccountId)
        {
            _secrets.Forget(request.RequestId!);
            throw DelegationFailure.WrongAccount(request, identity.AccountId);
        }

        request = await JournalAsync(request, DelegationStep.Exchanged, cancellationToken).ConfigureAwait(false);
        var template = await TemplateAsync(request, target, cancellationToken).ConfigureAwait(false);
        var name = request.Progress.StackName ?? StackName(request);
        request = await JournalAsync(request, DelegationStep.Deploying, cancellationToken, journal => journal with { StackName = name }).ConfigureAwait(false);
        var stack = new DelegationStack(_client, target, _clock);
        var id = request.Progress.StackId ?? await stack.CreateAsync(name, template, cancellationToken).ConfigureAwait(false);
        request = await JournalAsync(request, DelegationStep.Deploying, cancellationToken, journal => journal with { StackId = id }).ConfigureAwait(false);
        var (status, failure) = await stack.FollowAsync(id, progress, cancellationToken).ConfigureAwait(false);
        if (status == "CREATE_COMPLETE")
        {
            return await JournalAsync(request, DelegationStep.Deployed, cancellationToken).ConfigureAwait(false);
        }

        request = await JournalAsync(request, DelegationStep.RolledBack, cancellationToken, journal => journal with { StackStatus = status, Failure = failure }).ConfigureAwait(false);
        throw DelegationFailure.RolledBack(request);
    }

    /// <summary>The delegated credentials: this session's, or those its token is good for; null where both are gone but a stack was begun.</summary>
    private async Task<AWSCredentials?> CredentialsAsync(DelegationRequest request, AwsTarget sender, CancellationToken cancellationToken)
    {
        if (request.RequestId is { } id && _secrets.Credentials(id, _clock.UtcNow) is { } held)
        {
            return held;
        }

        if (request.RequestId is not null && _secrets.Take(request.RequestId) is { } token)
        {
            return await ExchangeAsync(request, token, sender, cancellationToken).ConfigureAwait(false);
        }

        return (request.Progress.Step, request.State) switch
        {
            (DelegationStep.Deploying, _) => null,
            (DelegationStep.Exchanged, _) => throw DelegationFailure.CredentialsLost(request),
            (_, DelegationState.Finalized) => throw DelegationFailure.NoToken(request),
            (_, DelegationState.Rejected) => throw DelegationFailure.Rejected(request),
            (_, DelegationState.Expired) => throw DelegationFailure.Expired(request),
            _ => throw DelegationFailure.NotApproved(request),
        };
    }

    private async Task<AWSCredentials> ExchangeAsync(DelegationRequest request, ExchangeToken token, AwsTarget sender, CancellationToken cancellationToken)
    {
        try
        {
            var input = new Dictionary<string, object> { ["TradeInToken"] = token.Value };
            var answer = (await _client.AskAsync(new AwsQuestion("sts", "GetDelegatedAccessToken", input), sender, cancellationToken).ConfigureAwait(false)).GetProperty("Credentials");
            var credentials = new SessionAWSCredentials(answer.Text("AccessKeyId"), answer.Text("SecretAccessKey"), answer.Text("SessionToken"));
            _secrets.Keep(request.RequestId!, credentials, answer.GetProperty("Expiration").GetDateTimeOffset());
            return credentials;
        }
        catch (AwsServiceException refused) when (refused.Code is "ExpiredTradeInTokenException" or "ExpiredTradeInToken")
        {
            // STS's own words are left out: whatever they repeat, no token gets into an error.
            throw DelegationFailure.TokenRefused(request, refused.Code);
        }
        catch
        {
            // It may not have reached AWS; if it did, the next attempt says so.
            _secrets.Keep(request.RequestId!, token);
            throw;
        }
    }

    /// <summary>For an organization without units: its roots. Also lets CloudFormation reach the organization's accounts.</summary>
    private async Task<string> TemplateAsync(DelegationRequest request, AwsTarget target, CancellationToken cancellationToken)
    {
        var plan = request.Plan!;
        var boundary = plan.PermissionsBoundary ?? request.PermissionsBoundaries.FirstOrDefault() ?? DelegatedRoles.DefaultBoundary;
        var roles = DelegatedRoles.Of(plan, request.OwnerAccountId!, boundary);
        if (roles.Hub is null)
        {
            return roles.Template();
        }

        var access = await _client.AskAsync(new AwsQuestion("cloudformation", "DescribeOrganizationsAccess"), target, cancellationToken).ConfigureAwait(false);
        if (access.Text("Status") != "ENABLED")
        {
            await _client.AskAsync(new AwsQuestion("cloudformation", "ActivateOrganizationsAccess"), target, cancellationToken).ConfigureAwait(false);
        }

        var units = roles.OrganizationalUnitIds.ToList();
        if (units.Count == 0)
        {
            await foreach (var root in _client.ListAsync(new AwsQuestion("organizations", "ListRoots"), "Roots", target, cancellationToken).ConfigureAwait(false))
            {
                units.Add(root.Text("Id")!);
            }
        }

        return (roles with { OrganizationalUnitIds = units }).Template();
    }

    /// <summary>After a break while the stack was under way: CloudFormation has gone on without us, and the role shows whether it finished.</summary>
    private async Task<DelegationRequest> FindDeployedAsync(DelegationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await TestAsync(DelegatedConnection.Of(request.Plan!, request.OwnerAccountId!), Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsUnreached(problem))
        {
            throw DelegationFailure.DeploymentUnknown(request, problem);
        }

        return await JournalAsync(request, DelegationStep.Deployed, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostureConnection> ConnectAsync(DelegationRequest request, CancellationToken cancellationToken)
    {
        var wanted = DelegatedConnection.Of(request.Plan!, request.OwnerAccountId!);
        try
        {
            return (await _connections.AddAsync([wanted], replace: false, cancellationToken).ConfigureAwait(false))[0];
        }
        catch (ConnectionException exists) when (exists.Error == ConnectionError.AlreadyExists)
        {
            var old = await _connections.GetAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
            return old.RoleArn == wanted.RoleArn && old.ExternalId == wanted.ExternalId
                ? old
                : throw new DelegationException(
                    DelegationError.ConnectionFailed,
                    $"The role is there, but another connection has the name '{wanted.Name}'. Rename that one, then complete again.",
                    exists,
                    new Advice("Rename the other connection, then complete again.", "ConnectionRename", wanted.Name));
        }
    }

    /// <summary>Enters the role; for an organization also lists its accounts and enters one of them.</summary>
    private async Task TestAsync(PostureConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var end = _clock.UtcNow + patience; ;)
        {
            try
            {
                var accounts = await _resolver.ResolveAsync(connection, cancellationToken).ConfigureAwait(false);
                await _resolver.OpenAsync(accounts.FirstOrDefault(account => account.AccountId != connection.AccountId) ?? accounts[0], cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (AwsServiceException refused) when (refused.Kind == AwsErrorKind.AccessDenied && _clock.UtcNow < end)
            {
                // A role that was made just now is not known everywhere yet.
            }

            await _clock.DelayAsync(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<DelegationRequest> JournalAsync(
        DelegationRequest request, DelegationStep step, CancellationToken cancellationToken, Func<DelegationProgress, DelegationProgress>? change = null) =>
        _store.ChangeAsync(
            request,
            old =>
            {
                var journal = change is null ? old.Progress : change(old.Progress);
                return old with { Progress = journal with { Step = step > journal.Step ? step : journal.Step } };
            },
            cancellationToken);

    private static bool IsUnreached(Exception problem) => problem is AwsServiceException or CredentialException or ConnectionException;

    /// <summary>A name of its own for each request, so that one that failed never stands in the way of the next.</summary>
    private static string StackName(DelegationRequest request) => "CloudPosture-" + Sha256.Hex(request.WorkflowId!, 6);
}
