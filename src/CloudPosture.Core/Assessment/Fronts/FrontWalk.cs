using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Walks from one thing in front to what stands behind it, be it another one.</summary>
internal sealed class FrontWalk
{
    private const int DeepestChain = 3;
    private const string Listener = ":listener/";
    private const string Balancer = ":loadbalancer/";
    private static readonly Regex BucketHost = new(@"^(?<bucket>.+?)\.s3(?<site>-website)?[.-](?:[a-z0-9.-]+\.)?amazonaws\.com(?:\.cn)?$", RegexOptions.CultureInvariant);
    private static readonly Dictionary<string, string> TypesOfServices = new(StringComparer.Ordinal) { ["s3"] = "AWS::S3::Bucket", ["sqs"] = "AWS::SQS::Queue", ["dynamodb"] = "AWS::DynamoDB::Table", ["rds"] = "AWS::RDS::DBCluster" };
    private readonly FrontBackends _backends;
    private readonly FrontedTargets _network;
    private readonly ILookup<string, Front> _byHost;
    private readonly ILookup<string, PostureExposure> _open;

    public FrontWalk(FrontBackends backends, IReadOnlyList<Front> fronts, FrontedTargets network, IEnumerable<PostureExposure> open)
    {
        (_backends, _network) = (backends, network);
        _byHost = fronts.SelectMany(front => front.Hosts.Select(host => (Host: host, Front: front))).ToLookup(pair => pair.Host, pair => pair.Front, StringComparer.Ordinal);
        _open = open.ToLookup(line => line.ResourceArn, StringComparer.Ordinal);
    }

    /// <summary>All that stands behind something in front.</summary>
    public IEnumerable<PostureExposure> From(Front front) => From(front, [Origin.InternetName], DeepestChain);

    private IEnumerable<PostureExposure> From(Front front, IReadOnlyList<string> before, int depth) =>
        depth == 0 ? [] : front.Ways.SelectMany(way => By(way, front, [.. before, front.Thing.Id], depth).Select(line => Guarded(line, front, way)));

    private IEnumerable<PostureExposure> By(FrontWay way, Front front, IReadOnlyList<string> before, int depth) => way.Kind switch
    {
        FrontTargetKind.Function => Function(way, front, before),
        FrontTargetKind.Listener => ToListener(way, front, before),
        FrontTargetKind.Balancer => _network.Of(way.Target) is { } balancer ? ByLink(way.LinkId ?? "", balancer, front, before, forward => way.Ports.Contains(forward.Listener.Port)) : [],
        FrontTargetKind.Registry => ToRegistered(way, front, before),
        FrontTargetKind.Resource => Resource(way, front, before),
        _ => ToHost(way, front, before, depth),
    };

    private IEnumerable<PostureExposure> Function(FrontWay way, Front front, IReadOnlyList<string> before)
    {
        // Whether it is there at all, and whom it lets in, is known where its account was harvested.
        if (!_backends.Functions.TryGetValue(way.Target, out var function))
        {
            return [];
        }

        return [Line(function.Thing, front, before, way.Signer is null ? null : FrontJudge.Function(function, way))];
    }

    private IEnumerable<PostureExposure> Resource(FrontWay way, Front front, IReadOnlyList<string> before)
    {
        var parts = Arn.Parts(way.Target);
        if (parts is null || !TypesOfServices.TryGetValue(parts[2], out var type))
        {
            return [];
        }

        var name = parts[5].Substring(parts[5].LastIndexOfAny(['/', ':']) + 1);
        var known = type == FrontBackends.Bucket && _backends.Buckets.TryGetValue(name, out var bucket) ? bucket.Thing : null;
        return type == FrontBackends.Bucket && known is null ? []
            : [Line(known ?? new SharedThing(type, name, way.Target, parts[4], parts[3]), front, before, stop: null)];
    }

    private IEnumerable<PostureExposure> ToHost(FrontWay way, Front front, IReadOnlyList<string> before, int depth)
    {
        if (way.LinkId is { } link && front.Thing.Type != FrontReader.Distribution)
        {
            return ByPrivateLink(link, way, front, before);
        }

        if (BucketHost.Match(way.Target) is { Success: true } match && _backends.Buckets.TryGetValue(match.Groups["bucket"].Value, out var bucket))
        {
            return [Bucket(bucket, match.Groups["site"].Success ? way with { Signer = null } : way, front, before)];
        }

        return _backends.Urls.TryGetValue(way.Target, out var function) ? [Url(function, way, front, before)]
            : _byHost.Contains(way.Target) ? _byHost[way.Target].Where(next => next != front).SelectMany(next => Next(next, front, before, depth))
            : ToNetwork(way, front, before);
    }

    private IEnumerable<PostureExposure> Next(Front next, Front front, IReadOnlyList<string> before, int depth) =>
        From(next, before, depth - 1).Prepend(Line(next.Thing, front, before, next.Stop));

    private PostureExposure Bucket(FrontBucket bucket, FrontWay way, Front front, IReadOnlyList<string> before)
    {
        var stop = way.Signer is null ? new FrontStop(ExposureStop.Policy, $"{bucket.Thing.Id} lets nobody in who does not sign") : FrontJudge.Bucket(bucket, way);
        var line = Line(bucket.Thing, front, before, stop is null ? null : Best(stop, bucket.Thing));
        return bucket.Key is null ? line : line with { Guards = FrontText.Joined(line.Guards, $"what is encrypted with {bucket.Key} opens only to whom that key lets in") };
    }

    private PostureExposure Url(FrontFunction function, FrontWay way, Front front, IReadOnlyList<string> before)
    {
        var stop = !function.Urls.First(url => url.Host == way.Target).AsksForIam ? Best(new FrontStop(ExposureStop.Policy, $"the policy of {function.Thing.Id} lets nobody in without credentials"), function.Thing)
            : way.Signer is { Kind: RequesterKind.Service } ? FrontJudge.Url(function, way)
            : new FrontStop(ExposureStop.Policy, $"the URL of {function.Thing.Id} asks for IAM, and {front.Thing.Id} does not sign");
        return Line(function.Thing, front, before, stop);
    }

    // What everyone may reach himself, he reaches this way too.
    private FrontStop? Best(FrontStop stop, SharedThing thing)
    {
        var open = _open[thing.Arn].ToList();
        return open.Exists(line => line.Degree == ExposureDegree.Reachable) ? null
            : open.Count > 0 ? new FrontStop(ExposureStop.Policy, open[0].Reason, IsUnknown: true)
            : stop;
    }

    private IEnumerable<PostureExposure> ToNetwork(FrontWay way, Front front, IReadOnlyList<string> before)
    {
        bool IsAsked(Forward forward) => forward.Listener.Protocol == IngressRules.Tcp && (way.Ports.Count == 0 || way.Ports.Contains(forward.Listener.Port));
        foreach (var balancer in _network.Named(way.Target))
        {
            var (sender, isKnown) = way.LinkId is not null ? (_network.Inside("CloudFront", balancer.SubnetIds, []), false)
                : front.Thing.Type == FrontReader.Distribution ? _network.CloudFront(balancer.Region)
                : (Origin.Internet, true);
            foreach (var line in _network.To(balancer, new Approach(sender, before, front.Thing.Arn), IsAsked))
            {
                yield return isKnown ? line : Doubted(line, "the addresses that CloudFront comes from were not read");
            }
        }

        foreach (var line in _network.ToInstance(way.Target, way.Ports, new Approach(Origin.Internet, before, front.Thing.Arn)))
        {
            yield return line;
        }
    }

    private IEnumerable<PostureExposure> ToListener(FrontWay way, Front front, IReadOnlyList<string> before)
    {
        var arn = way.Target.Replace(Listener, Balancer);
        return _network.Of(arn.Substring(0, arn.LastIndexOf('/'))) is { } balancer
            ? ByLink(way.LinkId ?? "", balancer, front, before, forward => forward.Arn == way.Target)
            : [];
    }

    // A private link is no part of any network; what its load balancer sends on comes from the load balancer.
    private IEnumerable<PostureExposure> ByPrivateLink(string link, FrontWay way, Front front, IReadOnlyList<string> before) =>
        _network.Named(way.Target).SelectMany(balancer => ByLink(link, balancer, front, before, forward => way.Ports.Count == 0 || way.Ports.Contains(forward.Listener.Port)));

    // The links of REST APIs, and those that were not read, have no groups that are known.
    private IEnumerable<PostureExposure> ByLink(string link, Balancer balancer, Front front, IReadOnlyList<string> before, Func<Forward, bool> isAsked)
    {
        var known = _backends.Links.TryGetValue((front.Thing.AccountId, link), out var read) ? read : null;
        var sender = _network.Inside(link, known?.SubnetIds ?? balancer.SubnetIds, known?.GroupIds ?? []);
        var lines = _network.To(balancer, new Approach(sender, [.. before, link], front.Thing.Arn), isAsked);
        return known is not null ? lines : lines.Select(line => Doubted(line, $"which security groups the VPC link {link} has was not read"));
    }

    // The instances that an API finds by Cloud Map are those with the attributes that it asks for.
    private IEnumerable<PostureExposure> ToRegistered(FrontWay way, Front front, IReadOnlyList<string> before)
    {
        var query = way.Target.IndexOf('?');
        var arn = query < 0 ? way.Target : way.Target.Substring(0, query);
        if (!_backends.Registries.TryGetValue(arn, out var registry))
        {
            return [];
        }

        var link = way.LinkId ?? "";
        var known = _backends.Links.TryGetValue((front.Thing.AccountId, link), out var read) ? read : null;
        string[] steps = [.. before, link, arn];
        var lines = registry.Instances.Distinct().SelectMany(instance => _network.ToAddress(registry.Region, instance.Address, instance.Port, known?.SubnetIds ?? [], Towards));
        return known is null ? lines.Select(line => Unsure(line, $"which VPC and security groups the VPC link {link} has was not read"))
            : query < 0 ? lines
            : lines.Select(line => line.Degree == ExposureDegree.Reachable ? Unsure(line, $"which instances of {arn} have {way.Target.Substring(query + 1)} was not read") : line);

        Approach Towards(NetworkEndpoint endpoint) =>
            new(_network.Inside(link, known?.SubnetIds ?? [endpoint.SubnetId], known?.GroupIds ?? []), steps, front.Thing.Arn);
    }

    private static PostureExposure Unsure(PostureExposure line, string why) => line with { Degree = ExposureDegree.Unknown, Reason = why, IsOnlyStop = false, Sources = "" };

    private static PostureExposure Doubted(PostureExposure line, string why) => line.Degree is ExposureDegree.Reachable or ExposureDegree.Unknown ? line
        : Unsure(line, why);

    private static PostureExposure Line(SharedThing thing, Front front, IReadOnlyList<string> before, FrontStop? stop) => Stopped(
        new PostureExposure
        {
            Degree = ExposureDegree.Reachable,
            ResourceType = thing.Type,
            ResourceId = thing.Id,
            ResourceArn = thing.Arn,
            AccountId = thing.AccountId,
            Region = thing.Region,
            From = Origin.InternetName,
            Protocol = "request",
            Via = front.Thing.Arn,
            Path = string.Join(" > ", before.Append(thing.Id)),
        },
        stop, thing.Id);

    private static PostureExposure Guarded(PostureExposure line, Front front, FrontWay way)
    {
        var guarded = line with { From = Origin.InternetName, Guards = FrontText.Joined(front.Guards, way.Guards, line.Guards) };
        return Stopped(Stopped(guarded, way.Stop, front.Thing.Id), front.Stop, front.Thing.Id);
    }

    private static PostureExposure Uncertain(PostureExposure line, FrontStop stop, string at) => line.Degree != ExposureDegree.Reachable ? line
        : line with { Degree = ExposureDegree.Unknown, StoppedBy = stop.Kind, StoppedAt = at, Reason = stop.Why, Stops = stop.Why, Sources = "" };

    // What stops a request earlier is told first.
    private static PostureExposure Stopped(PostureExposure line, FrontStop? stop, string at) =>
        stop is null ? line
        : stop.IsUnknown ? Uncertain(line, stop, at)
        : line with
        {
            Degree = ExposureDegree.Stopped,
            StoppedBy = stop.Kind,
            StoppedAt = at,
            Reason = stop.Why,
            IsOnlyStop = line.Degree == ExposureDegree.Reachable,
            Stops = FrontText.Joined(stop.Why, line.Stops),
            Sources = "",
        };
}
