using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Content;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.Routing;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Iam;
using CloudPosture.Sandbox.State.Networks;

namespace CloudPosture.Sandbox;

/// <summary>What happens to a call between its bytes: route, authenticate, throttle, authorise, answer, page, write.</summary>
internal sealed class CallPipeline
{
    private readonly SandboxOptions _options;
    private readonly Router _router;
    private readonly ContentServer _content;
    private readonly World _world;
    private readonly Authenticator _authenticator;
    private readonly Throttle _throttle;
    private readonly CredentialEndpoints _endpoints;

    public CallPipeline(SandboxOptions options)
    {
        _options = options;
        Organization = new SandboxOrganization(options);
        _content = new ContentServer(Organization.Types);
        _router = new Router(options.Content.Models.Names.Select(options.Content.Models.Get));
        Organization.Caller = new DirectCaller(Answer);
        _world = new World(Organization, options.TimeProvider) { Iam = new IamWrites { AttemptsToPropagate = options.RolePropagationAttempts, AttemptsToAppear = options.RoleAppearanceAttempts } };
        if (options.PlantPaths)
        {
            PathScenarios.Found(_world);
        }

        Delegation = new SandboxDelegation(_world);
        Machine = new SandboxMachine(Organization);
        _endpoints = new CredentialEndpoints(_world, Machine);
        _authenticator = new Authenticator(_world.Keys, options.TimeProvider);
        _throttle = new Throttle(options.Rates, options.TimeProvider);
        Authorizer = new Authorizer(_world);
        Calls = new CallLog(options.RecordCalls);
    }

    public SandboxOrganization Organization { get; }

    public CallLog Calls { get; }

    public SandboxDelegation Delegation { get; }

    public SandboxMachine Machine { get; }

    public FaultPlan Faults { get; } = new();

    public Authorizer Authorizer { get; }

    public void EndSessions() => _world.Keys.EndSessions(_options.TimeProvider.GetUtcNow());

    public async Task<(WireAnswer Answer, Fault? Fault)> AnswerAsync(WireRequest request, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetUtcNow();
        var requestId = Guid.NewGuid().ToString();
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, cancellationToken).ConfigureAwait(false);
        }

        if (_endpoints.Answer(request) is { } credentials)
        {
            return (credentials, null);
        }

        var header = AuthHeader.Parse(request.Header("authorization"));
        var service = _router.ServiceOf(header?.Service, request);
        if (service is null)
        {
            return (new WireAnswer { Status = 404 }, null);
        }

        var call = new CallState(RegionOf(service, header));
        WireAnswer answer;
        string? code = null;
        try
        {
            answer = Answer(service, request, header, requestId, call);
        }
        catch (AwsError error)
        {
            code = error.Code;
            answer = ErrorWriter.Write(call.Operation?.Service ?? service, error, requestId);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or System.Text.Json.JsonException)
        {
            // A mistake of the sandbox itself: told in full, because only developers ever see it.
            code = "SandboxFailure";
            answer = ErrorWriter.Write(call.Operation?.Service ?? service, new AwsError(code, exception.ToString(), 500), requestId);
        }

        Record(service, call, started, answer.Status, code);
        return (answer, call.Fault);
    }

    /// <summary>The Region that a call is about: the home Region where one endpoint, wherever it stands, serves all of them.</summary>
    private string RegionOf(ServiceModel service, AuthHeader? header) =>
        header?.Region is { } region && !(Partition.Find(region)?.GlobalServices.TryGetValue(service.EndpointPrefix, out var global) == true && global.Region == region)
            ? region
            : Organization.Regions[0];

    private WireAnswer Answer(ServiceModel service, WireRequest request, AuthHeader? header, string requestId, CallState call)
    {
        var routed = _router.Route(header?.Service, request);
        call.Operation = routed?.Operation;
        call.Caller = routed?.Operation.Unsigned == true ? null : _authenticator.Authenticate(service, request, header);
        if (routed is null)
        {
            throw Unknown(service);
        }

        var operation = routed.Operation;
        var account = call.Caller?.AccountId ?? "";
        if (!_throttle.TryTake(operation, account, call.Region))
        {
            throw AuthErrors.Throttled(operation.Service);
        }

        call.Fault = Faults.Find(operation.Service.Name, operation.Name, account, call.Region);
        if (call.Fault is { Kind: FaultKind.Error } fault)
        {
            throw Commanded(operation.Service, fault);
        }

        if (call.Caller is { } caller)
        {
            Authorizer.Check(operation, caller);
        }

        var input = InputReader.Read(operation, request, routed.Labels);
        return AnswerWriter.Write(operation, Output(operation, input, call), requestId);
    }

    /// <summary>Answers a reading call of an account's administrator, without its bytes.</summary>
    private JsonObject Answer(OperationModel operation, JsonObject input, string accountId, string region) => Output(operation, input, new CallState(region)
    {
        Caller = new Principal(accountId, $"arn:aws:iam::{accountId}:root", accountId, PrincipalKind.User, "root") { IsAdministrator = true },
    });

    private JsonObject Output(OperationModel operation, JsonObject input, CallState call)
    {
        var cell = Organization.CellOf(call.Caller?.AccountId ?? Organization.Management.Id, call.Region) ?? throw AuthErrors.UnknownKey(operation.Service);
        var context = new CallContext(operation, input, cell, call.Caller, _world) { Fault = call.Fault };
        var answer = (_options.PlantPaths ? PathScenarios.Own(context) : null)
            ?? ServiceCatalog.Handlers.Find(operation.Service.Name, operation.Name)?.Invoke(context) ?? _content.Answer(context) ?? throw Unknown(operation.Service);
        answer = _options.PlantPaths ? PathScenarios.AddTo(answer, context) : answer;
        var output = Pager.Page(operation, input, answer, _options.MaxPageSize);
        PageFaults.Apply(call.Fault, operation, input, output);
        if (_options.CheckAnswers)
        {
            AnswerCheck.Check(operation, output);
        }

        return output;
    }

    private void Record(ServiceModel service, CallState call, DateTimeOffset started, int status, string? code) => Calls.Add(new CallRecord(
        call.Caller?.AccountId ?? "",
        call.Operation?.Service.Name ?? service.Name,
        call.Region,
        call.Operation?.Name ?? "",
        started,
        _options.TimeProvider.GetUtcNow(),
        status,
        code,
        call.Caller?.Arn ?? "",
        call.Operation is { } operation && Authorizer.IsWrite(operation)));

    private static AwsError Commanded(ServiceModel service, Fault fault)
    {
        if (fault is { Code: null, Status: 429 })
        {
            var throttled = AuthErrors.Throttled(service);
            return new AwsError(throttled.Code, fault.Message ?? throttled.Message, throttled.Status) { RetryAfter = fault.RetryAfter };
        }

        return new AwsError(fault.Code ?? "InternalFailure", fault.Message ?? "The sandbox was told to fail.", fault.Status) { RetryAfter = fault.RetryAfter };
    }

    private static AwsError Unknown(ServiceModel service) => service.Protocol is AwsProtocol.Json or AwsProtocol.RestJson
        ? new AwsError("UnknownOperationException", "The sandbox does not answer this operation.", 404)
        : new AwsError("InvalidAction", "The sandbox does not answer this operation.");
}
