using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Graph.Relations;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Follows what something in front, such as a distribution or an API, sends to load balancers and instances of the networks.</summary>
internal sealed class FrontedTargets(NetworkModel model)
{
    private const int DeepestChain = 3;
    private const string CloudFrontName = "CloudFront";
    private const string CloudFrontList = "com.amazonaws.global.cloudfront.origin-facing";
    private static readonly Regex InstanceName = new(@"^ec2-(?<address>\d+-\d+-\d+-\d+)\.[a-z0-9.-]*amazonaws\.com(?:\.cn)?$", RegexOptions.CultureInvariant);
    private readonly AclJudge _acls = new();
    private readonly ConditionalWeakTable<Origin, PacketJudge> _judges = new();
    private readonly Dictionary<string, (Origin Origin, bool IsKnown)> _cloudFront = new(StringComparer.Ordinal);
    private ILookup<string, Balancer>? _balancersByName;
    private ILookup<string, NetworkEndpoint>? _endpointsByAddress;
    private ILookup<string, NetworkEndpoint>? _endpointsOfBalancers;

    private ILookup<string, Balancer> BalancersByName => _balancersByName ??= model.Balancers.Where(balancer => balancer.DnsName.Length > 0).ToLookup(balancer => RelationValue.Domain(balancer.DnsName), StringComparer.Ordinal);

    private ILookup<string, NetworkEndpoint> EndpointsByAddress => _endpointsByAddress ??= model.Endpoints.Where(endpoint => endpoint.PublicAddress is not null).ToLookup(endpoint => endpoint.PublicAddress!, StringComparer.Ordinal);

    private ILookup<string, NetworkEndpoint> EndpointsOfBalancers => _endpointsOfBalancers ??= model.Endpoints.Where(endpoint => endpoint.ResourceType is NetworkTypes.LoadBalancer or NetworkTypes.ClassicBalancer).ToLookup(endpoint => endpoint.ResourceArn, StringComparer.Ordinal);

    /// <summary>The load balancers of a name in the DNS.</summary>
    public IEnumerable<Balancer> Named(string host) => BalancersByName[host];

    /// <summary>The load balancer of an ARN; null where it was not read.</summary>
    public Balancer? Of(string arn) => model.Balancers.Find(balancer => balancer.Arn == arn);

    /// <summary>CloudFront's own addresses in a Region; everyone's where its list of them was not read.</summary>
    /// <param name="region">The Region.</param>
    /// <returns>The addresses, and whether the list was read.</returns>
    public (Origin Origin, bool IsKnown) CloudFront(string region)
    {
        if (!_cloudFront.TryGetValue(region, out var sender))
        {
            var list = model.PrefixLists.Values.FirstOrDefault(list => list.Region == region && list.Name == CloudFrontList && list.Ipv4 is { Length: > 0 });
            _cloudFront[region] = sender = (list is null ? Origin.Internet with { Name = CloudFrontName }
                : new Origin { Name = CloudFrontName, Ipv4 = new AddressSet(list.Ipv4!), Ipv6 = AddressSet.None, Entry = EntryKind.Gateway }, list is not null);
        }

        return sender;
    }

    /// <summary>What sends from within a VPC: from its subnets, with its security groups.</summary>
    public Origin Inside(string name, IEnumerable<string> subnets, IReadOnlyList<string> groups)
    {
        var own = new AddressSet();
        foreach (var subnet in subnets)
        {
            if (model.Subnets.TryGetValue(subnet, out var known))
            {
                own.Add(known.Ipv4);
            }
        }

        return new Origin { Name = name, Ipv4 = own, Ipv6 = AddressSet.None, Entry = EntryKind.Balancer, GroupIds = groups };
    }

    /// <summary>A load balancer and what stands behind it.</summary>
    /// <param name="balancer">The load balancer.</param>
    /// <param name="approach">How packets come to it.</param>
    /// <param name="isAsked">Tells the listeners that are asked.</param>
    public IEnumerable<PostureExposure> To(Balancer balancer, Approach approach, Func<Forward, bool> isAsked)
    {
        var judge = JudgeOf(approach.Sender);
        var listeners = balancer.Forwards.Where(isAsked).Select(forward => forward.Listener).Distinct().ToArray();
        return EndpointsOfBalancers[balancer.Arn].SelectMany(endpoint => Lines(endpoint, listeners, approach))
            .Concat(new BalancedTargets(model, approach.Sender, judge, _acls).Behind(balancer, judge, approach.Before, DeepestChain, isAsked));
    }

    /// <summary>The instances of a name in the DNS that EC2 gives to public addresses.</summary>
    public IEnumerable<PostureExposure> ToInstance(string host, IEnumerable<int> ports, Approach approach)
    {
        var listeners = ports.Select(port => new Listener(IngressRules.Tcp, port)).ToArray();
        return InstanceName.Match(host) is { Success: true } match
            ? EndpointsByAddress[match.Groups["address"].Value.Replace('-', '.')].SelectMany(endpoint => Lines(endpoint, listeners, approach))
            : [];
    }

    /// <summary>What has an address in the VPC that some subnets are in; in each VPC where these are not known.</summary>
    public IEnumerable<PostureExposure> ToAddress(string region, string address, int port, IReadOnlyList<string> subnets, Func<NetworkEndpoint, Approach> approachOf)
    {
        var vpcs = new HashSet<string>(subnets.Select(subnet => model.Subnets.TryGetValue(subnet, out var known) ? known.VpcId : null).OfType<string>(), StringComparer.Ordinal);
        return Address.Parse(address, AddressFamily.Ipv4) is not { } known ? []
            : (vpcs.Count == 0 ? [null] : vpcs.Select(vpc => (string?)vpc)).SelectMany(vpc => model.EndpointsAt(region, vpc, known))
                .SelectMany(endpoint => Lines(endpoint, [new Listener(IngressRules.Tcp, port)], approachOf(endpoint)));
    }

    private IEnumerable<PostureExposure> Lines(NetworkEndpoint endpoint, Listener[] listeners, Approach approach) =>
        JudgeOf(approach.Sender).OutcomesOf(endpoint with { Listeners = listeners }, AddressFamily.Ipv4)
            .Select(outcome => ExposureLine.Of(endpoint, AddressFamily.Ipv4, outcome, approach.Sender.Name, approach.Before, approach.Via));

    private PacketJudge JudgeOf(Origin sender) => _judges.GetValue(sender, origin => new PacketJudge(model, origin, _acls));
}
