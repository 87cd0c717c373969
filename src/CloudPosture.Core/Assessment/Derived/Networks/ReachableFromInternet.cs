using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Paths;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>reachableFromInternet</c>, with <c>ports</c> (numbers or ranges such as 20-21; all where left out), for what has a network interface,
/// listens in a VPC, or stands behind a load balancer: true where packets from the Internet reach one of the ports and the answers come
/// back, through gateway, route table, network ACL, security groups and VPC Block Public Access. So a database that is publicly accessible
/// in a subnet without a route is not. Unknown where what would decide was not read, or lies in another account. Evidence: the path, or what stops it.
/// </summary>
internal sealed class ReachableFromInternet : DerivedFunction
{
    private readonly ConditionalWeakTable<AccountIndex, ILookup<string, PostureExposure>> _accounts = new();
    private readonly PortRange[] _ports;

    public ReachableFromInternet(YamlMap arguments)
    {
        try
        {
            _ports = arguments.Texts("ports") is { Count: > 0 } texts ? [.. texts.Select(PortRange.Parse)] : [PortRange.All];
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }
    }

    public override IReadOnlyList<DigestKind> Digests { get; } = [AccountNetwork.Kind];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var lines = _accounts.GetValue(subject.Account, Build)[subject.Resource.Arn].Where(IsWanted).ToList();
        if (lines.Find(line => line.Degree == ExposureDegree.Reachable) is { } open)
        {
            return DerivedValue.Of(true, explain ? $"{open.Protocol} {open.Ports} by {open.Path}" : null);
        }

        if (lines.Find(line => line.Degree == ExposureDegree.Unknown) is { } unknown)
        {
            return DerivedValue.Unknown(explain ? unknown.Reason : null);
        }

        // An interface that was not listed may be its own.
        var (account, region) = (subject.Account, subject.Resource.Region);
        return lines.Count == 0 && account.WhyMissing(NetworkTypes.Interface, region) is { } missing
            ? DerivedValue.Unknown(explain ? missing : null)
            : DerivedValue.Of(false, !explain ? null : lines.Count > 0 ? lines[0].Reason : "no network interface or load balancer leads to it");
    }

    private bool IsWanted(PostureExposure line) => line.Ports.Length == 0 || Array.Exists(_ports, PortRange.Parse(line.Ports).Overlaps);

    private static ILookup<string, PostureExposure> Build(AccountIndex account) =>
        new Exposures(AccountNetwork.Of(account), Origin.Internet).All().ToLookup(line => line.ResourceArn, StringComparer.Ordinal);
}
