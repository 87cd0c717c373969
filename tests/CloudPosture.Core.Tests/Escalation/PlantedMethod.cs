using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Tests.Escalation;

/// <summary>An account in which one method works, unless one thing stops it.</summary>
internal sealed class PlantedMethod
{
    private const string Manager = "999900001111";
    private readonly Plant _plant = new();
    private readonly EscalationMethod _method;
    private readonly Stop _stop;
    private readonly string _stopped;
    private readonly string _actor;
    private readonly string _target;
    private readonly Plant? _manager;

    /// <param name="method">The method.</param>
    /// <param name="stop">What stops it.</param>
    /// <param name="stopped">The action that is stopped, where it is one.</param>
    public PlantedMethod(EscalationMethod method, Stop stop, string stopped = "")
    {
        (_method, _stop, _stopped) = (method, stop, stopped);
        _plant.IsManagement = Needs(EscalationNeed.ManagementAccount) && stop != Stop.NoNeed;
        _target = PlantTarget();
        _actor = PlantActor();
        PlantThings();
        if (stop == Stop.ServiceControl)
        {
            _manager = new Plant(Manager) { IsManagement = true };
            _manager.Control(Plant.Account, "SERVICE_CONTROL_POLICY", Plant.Deny(stopped));
        }
    }

    /// <summary>The step by which the actor gets what the method gives; null where he does not.</summary>
    public Step? Find()
    {
        var estate = Plant.Estate(_manager is null ? [_plant] : [_plant, _manager]);
        var graph = new EscalationGraph(estate, [_method]);
        var goals = _method.Gain is EscalationGain.Role or EscalationGain.User
            ? estate.Identities.Where(identity => identity.Arn == _target)
            : graph.Administrators.Where(identity => identity.Arn != _target || identity.Change is not null).Append(graph.Administrator(Plant.Account));
        var reached = new EscalationSearch(graph).Into([.. goals], CancellationToken.None);
        return reached.TryGetValue(estate.Identities.Single(identity => identity.Arn == _actor), out var step) ? step : null;
    }

    private bool Needs(EscalationNeed need) => _method.Needs.Contains(need);

    private string PlantTarget()
    {
        if (_method.Holder == EscalationHolder.User)
        {
            return _plant.User("target", [Plant.Allow("s3:*")], attached: [Own("target")], keys: _stop == Stop.NoNeed ? 2 : 1, password: Needs(EscalationNeed.Password) != (_stop == Stop.NoNeed));
        }

        var services = _method.Actions.Where(action => action.On == EscalationObject.Role).SelectMany(action => action.To).Concat(_method.Through?.Trusts is { } trusted ? [trusted] : []).Take(1).ToList();
        IEnumerable<string> trust = _stop == Stop.NoTrust ? [Plant.TrustOf("Service", "nothing.amazonaws.com")]
            : [.. services.Select(service => Plant.TrustOf(service.StartsWith("cognito", StringComparison.Ordinal) ? "Federated" : "Service", service)), .. _method.Key is { IsAssumption: true } ? [Plant.TrustOf("AWS", _plant.Root)] : Array.Empty<string>()];
        var isBound = Needs(EscalationNeed.Boundary) && _method.Holder == EscalationHolder.Role && _stop != Stop.NoNeed;
        _plant.Role("helper", [], [Plant.TrustOf("Service", "elasticmapreduce.amazonaws.com")]);
        return _plant.Role("target", [Plant.Allow(_method.Gain == EscalationGain.Unbounded ? "*" : "s3:*")], trust,
            boundary: isBound ? _plant.Policy("narrow", [Plant.Allow("s3:*")]) : null,
            attached: [Own("target")],
            profile: !(Needs(EscalationNeed.InstanceProfile) && _stop == Stop.NoNeed));
    }

    // A policy that its holder may rewrite.
    private string Own(string name) => _plant.Policy(name + "-policy", [Plant.Allow("s3:ListBucket")]);

    private string PlantActor()
    {
        List<string> statements = [.. _method.Actions.Where(action => _stop != Stop.NotAllowed || action.Name != _stopped).Select(Statement)];
        if (_stop == Stop.Denied)
        {
            statements.Add(Plant.Deny(_stopped));
        }

        _plant.Group("team", Plant.Allow("s3:ListBucket"));
        _plant.Group("admins", Plant.Allow("*"));
        var isUnbound = _method is { Gain: EscalationGain.Unbounded, Holder: EscalationHolder.Self };
        var others = string.Join("\",\"", _method.Actions.Select(action => action.Name).Where(name => name != _stopped).Distinct().DefaultIfEmpty("ec2:DescribeRegions"));
        var boundary = isUnbound ? _plant.Policy("narrow", [_stop == Stop.Boundary ? Plant.Allow("s3:*") : Plant.Allow(_stop == Stop.NoNeed ? "*" : _method.Actions[0].Name)])
            : _stop == Stop.Boundary ? _plant.Policy("bound", [Plant.Allow("*"), $$"""{"Effect":"Deny","NotAction":["{{others}}","ec2:DescribeRegions"],"Resource":"*"}"""])
            : null;
        if (isUnbound)
        {
            statements = [.. _stop == Stop.NotAllowed ? [Plant.Allow("s3:*")] : new[] { Plant.Allow("*") }, .. statements.Where(_ => _stop is Stop.Denied)];
        }

        if (_stop == Stop.OtherResource && isUnbound)
        {
            statements = [Plant.Allow("*"), Plant.Deny(_stopped)];
        }

        IEnumerable<string> attached = _method.Gain == EscalationGain.Version
            ? [_plant.Policy("versions", [Plant.Allow(_stop == Stop.NoThing ? "s3:*" : "*")], [Plant.Allow("s3:ListBucket")])]
            : _stop == Stop.NoThing ? [] : [Own("actor")];
        return Needs(EscalationNeed.IsRole)
            ? _plant.Role("actor", statements, [Plant.TrustOf("AWS", "arn:aws:iam::111122223333:user/nobody")], boundary, attached)
            : _plant.User("actor", statements, boundary, _stop == Stop.NoThing ? [] : ["team"], attached);
    }

    private string Statement(EscalationAction action)
    {
        if (_stop == Stop.OtherResource && action.Name == _stopped)
        {
            return Plant.Allow(action.Name, $"arn:aws:{action.Service}:eu-central-1:444455556666:other");
        }

        var isPass = action.To.Count > 0;
        return Plant.Allow(action.Name, "*", isPass ? Plant.Condition("StringEquals", "iam:PassedToService", _stop == Stop.PassedElsewhere ? "nothing.amazonaws.com" : action.To[0]) : "");
    }

    private void PlantThings()
    {
        if (_method.Through is { Type: { } type } thing && _stop != Stop.NoThing)
        {
            var path = thing.Roles[0].Text;
            var arn = ResourceChoice.Filled(thing.Pattern!, Plant.Estate(_plant).Accounts[0], Plant.Region).Replace("*", "x");
            _plant.Add(type, "i-1", arn, Named(path.Split('.'), path.Contains("Profile", StringComparison.Ordinal) ? _plant.ProfileOf("target") : _target));
            _plant.Add(ManagedInstances.Type, _stop == Stop.NoNeed ? "i-2" : "i-1", "arn:aws:ssm:eu-central-1:111122223333:managed-instance/i-1", new JsonObject { ["PingStatus"] = "Online" });
        }

        foreach (var also in _method.Also.Where(also => _stop != Stop.NoThing && also != _method.Through?.Type))
        {
            _plant.Add(also, "also", "arn:aws:x:eu-central-1:111122223333:also");
        }
    }

    private static JsonObject Named(IReadOnlyList<string> path, string value)
    {
        JsonNode inner = path.Count == 1 ? value : Named([.. path.Skip(1)], value);
        var isList = path[0].EndsWith("[]", StringComparison.Ordinal);
        return new JsonObject { [path[0].Replace("[]", "")] = isList ? new JsonArray(inner) : inner };
    }
}
