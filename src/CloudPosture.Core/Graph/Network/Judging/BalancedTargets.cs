using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Follows what load balancers hand on to their targets, and from a balancer to the next.</summary>
internal sealed class BalancedTargets(NetworkModel model, Origin origin, PacketJudge judge, AclJudge acls)
{
    private const int DeepestChain = 3;
    private const string Function = "lambda";
    private const string OtherBalancer = "alb";
    private ILookup<string, NetworkEndpoint>? _endpointsOfBalancers;
    private ILookup<string, TargetGroup>? _groupsOfBalancers;

    private ILookup<string, NetworkEndpoint> EndpointsOfBalancers => _endpointsOfBalancers ??= model.Endpoints
        .Where(endpoint => endpoint.ResourceType is NetworkTypes.LoadBalancer or NetworkTypes.ClassicBalancer)
        .ToLookup(endpoint => endpoint.ResourceArn, StringComparer.Ordinal);

    // Target groups that only a rule of a listener leads to know their load balancers too.
    private ILookup<string, TargetGroup> GroupsOfBalancers => _groupsOfBalancers ??= model.TargetGroups.Values
        .SelectMany(group => group.BalancerArns, (group, arn) => (group, arn))
        .ToLookup(pair => pair.arn, pair => pair.group, StringComparer.Ordinal);

    /// <summary>The targets of each load balancer that the origin reaches.</summary>
    public IEnumerable<PostureExposure> All() => model.Balancers.SelectMany(balancer => Behind(balancer, judge, [origin.Name], DeepestChain));

    /// <summary>The targets of a load balancer.</summary>
    /// <param name="balancer">The load balancer.</param>
    /// <param name="toBalancer">Who says whether the sender reaches it.</param>
    /// <param name="before">What the sender's packets went through until now.</param>
    /// <param name="depth">How many more load balancers may follow.</param>
    /// <param name="isAsked">Tells the listeners that are asked; null for all.</param>
    public IEnumerable<PostureExposure> Behind(Balancer balancer, PacketJudge toBalancer, IReadOnlyList<string> before, int depth, Func<Forward, bool>? isAsked = null)
    {
        var open = Reached(balancer, toBalancer);
        open.RemoveAll(reached => isAsked?.Invoke(reached.Forward) == false);
        if (open.Count == 0 || depth == 0)
        {
            yield break;
        }

        var beyond = new PacketJudge(model, SenderOf(balancer), acls);
        foreach (var (forward, outcome) in open)
        {
            string[] way = [.. before, .. outcome.Steps, balancer.Id];
            foreach (var target in forward.Targets)
            {
                foreach (var line in ToInstance(target, forward.Listener.Protocol, balancer, beyond, way))
                {
                    yield return line;
                }
            }

            foreach (var group in GroupsOf(balancer, forward))
            {
                foreach (var line in group.Targets.SelectMany(target => ToTarget(target, group, balancer, beyond, way, depth)))
                {
                    yield return line;
                }
            }
        }
    }

    private List<(Forward Forward, PortReachability Outcome)> Reached(Balancer balancer, PacketJudge toBalancer)
    {
        var reached = new List<(Forward, PortReachability)>();
        var outcomes = EndpointsOfBalancers[balancer.Arn]
            .SelectMany(endpoint => (endpoint.HasIpv6 ? new[] { AddressFamily.Ipv4, AddressFamily.Ipv6 } : [AddressFamily.Ipv4])
                .SelectMany(family => toBalancer.OutcomesOf(endpoint, family)))
            .Where(outcome => outcome.IsReachable)
            .ToList();
        foreach (var forward in balancer.Forwards)
        {
            if (outcomes.Find(outcome => outcome.Protocol == forward.Listener.Protocol && outcome.Ports.Contains(forward.Listener.Port)) is { } outcome)
            {
                reached.Add((forward, outcome));
            }
        }

        return reached;
    }

    private IEnumerable<TargetGroup> GroupsOf(Balancer balancer, Forward forward)
    {
        var named = forward.TargetGroupArns.Select(arn => model.TargetGroups.TryGetValue(arn, out var group) ? group : null).OfType<TargetGroup>();
        var byDefault = new HashSet<string>(balancer.Forwards.SelectMany(other => other.TargetGroupArns), StringComparer.Ordinal);
        return named.Concat(GroupsOfBalancers[balancer.Arn].Where(group => !byDefault.Contains(group.Arn))).Distinct();
    }

    private IEnumerable<PostureExposure> ToTarget(Target target, TargetGroup group, Balancer balancer, PacketJudge beyond, string[] way, int depth)
    {
        switch (group.Kind)
        {
            case Function:
                return [ToFunction(target, balancer, [.. way, group.Arn])];
            case OtherBalancer:
                return model.Balancers.Find(other => other.Arn == target.Id) is { } next ? Behind(next, beyond, [.. way, group.Arn], depth - 1) : [];
            case "ip":
                var address = Address.Parse(target.Id, AddressFamily.Ipv4);
                return address is null ? []
                    : model.EndpointsAt(balancer.Region, group.VpcId, address.Value).Take(1)
                        .Select(endpoint => Line(endpoint, target.Port, group.Protocol, balancer, beyond, [.. way, group.Arn]));
            default:
                return ToInstance(target, group.Protocol, balancer, beyond, [.. way, group.Arn]);
        }
    }

    // Of an instance with several interfaces a load balancer uses the first.
    private IEnumerable<PostureExposure> ToInstance(Target target, int protocol, Balancer balancer, PacketJudge beyond, string[] way) =>
        model.EndpointsOfInstance(target.Id).Take(1).Select(endpoint => Line(endpoint, target.Port, protocol, balancer, beyond, way));

    private PostureExposure Line(NetworkEndpoint endpoint, int? port, int protocol, Balancer balancer, PacketJudge beyond, string[] way)
    {
        var listening = endpoint with { Listeners = [new Listener(protocol, port ?? 0)] };
        return ExposureLine.Of(endpoint, AddressFamily.Ipv4, beyond.OutcomesOf(listening, AddressFamily.Ipv4)[0], origin.Name, way, balancer.Arn);
    }

    private PostureExposure ToFunction(Target target, Balancer balancer, string[] way) => new()
    {
        Degree = ExposureDegree.Reachable,
        ResourceType = "AWS::Lambda::Function",
        ResourceId = NameOf(target.Id),
        ResourceArn = target.Id,
        AccountId = balancer.AccountId,
        Region = balancer.Region,
        From = origin.Name,
        Protocol = "request",
        Via = balancer.Arn,
        Path = string.Join(" > ", way.Append(NameOf(target.Id))),
    };

    private static string NameOf(string arn)
    {
        var parts = arn.Split(':');
        return parts.Length > 6 ? parts[6] : arn;
    }

    /// <summary>Who a target sees: the load balancer, or whoever called it where it keeps the source.</summary>
    private Origin SenderOf(Balancer balancer)
    {
        if (balancer.KeepsSource)
        {
            return origin with { Entry = EntryKind.Balancer, GroupIds = balancer.GroupIds ?? [] };
        }

        var own = new AddressSet(EndpointsOfBalancers[balancer.Arn].SelectMany(endpoint => endpoint.PrivateAddresses).Select(address => new AddressRange(address, address)));
        foreach (var subnet in own.IsEmpty ? balancer.SubnetIds : [])
        {
            if (model.Subnets.TryGetValue(subnet, out var known))
            {
                own.Add(known.Ipv4);
            }
        }

        return new Origin { Name = balancer.Id, Ipv4 = own, Ipv6 = AddressSet.None, Entry = EntryKind.Balancer, GroupIds = balancer.GroupIds ?? [] };
    }
}
