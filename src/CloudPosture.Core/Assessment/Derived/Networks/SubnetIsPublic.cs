using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>subnetIsPublic</c>, with <c>subnets</c>: the path of subnet ids; SubnetId where left out. Where they stand in a group of subnets,
/// <c>group</c> is the group's type and <c>by</c> the field that holds its id; <c>subnets</c> is then a path in the group. True where one of
/// them, by its own route table or its VPC's main one, has a route to an Internet gateway, which is what AWS calls public; with
/// <c>family</c> (ipv4, ipv6 or any), where such a route is of all addresses of the family. Evidence: the table, the subnet and the gateway.
/// Sources: AWS::EC2::RouteTable, AWS::EC2::Subnet and the group.
/// </summary>
internal sealed class SubnetIsPublic : DerivedFunction
{
    private static readonly (string Member, string Everywhere) Ipv4 = ("DestinationCidrBlock", "0.0.0.0/0");
    private static readonly (string Member, string Everywhere) Ipv6 = ("DestinationIpv6CidrBlock", "::/0");
    private readonly (string Member, string Everywhere)[]? _everywhere;
    private readonly Values? _subnets;
    private readonly string? _group;
    private readonly Values? _by;

    public SubnetIsPublic(YamlMap arguments)
    {
        _everywhere = arguments.Choice<(string, string)[]?>("family", null, ("ipv4", [Ipv4]), ("ipv6", [Ipv6]), ("any", [Ipv4, Ipv6]));
        _group = arguments.Text("group");
        _by = _group is null ? null : Values.Required(arguments, "by");
        _subnets = _group is null ? Values.Read(arguments, "subnets") : Values.Required(arguments, "subnets");
        Types = _group is null ? [SubnetRoutes.Table, SubnetRoutes.Subnet] : [SubnetRoutes.Table, SubnetRoutes.Subnet, _group];
    }

    /// <summary>Asks of what names a SubnetId.</summary>
    public SubnetIsPublic() => Types = [SubnetRoutes.Table, SubnetRoutes.Subnet];

    public override IReadOnlyList<string> Types { get; }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_subnets is null && subject.Root.Text("SubnetId") is null)
        {
            return DerivedValue.Absent(explain ? "there is no subnet" : null);
        }

        if (SubnetsOf(subject, out var unknown) is not { } ids)
        {
            return DerivedValue.Unknown(explain ? unknown : null);
        }

        var vpc = _group is null && _subnets is null ? subject.Root.Text("VpcId") : null;
        foreach (var id in ids)
        {
            if (SubnetRoutes.TableOf(subject, id, vpc) is not { } table)
            {
                unknown ??= SubnetRoutes.WhyNone(subject, id);
            }
            else if (table.Configuration.Items("Routes").FirstOrDefault(IsOpen) is { ValueKind: JsonValueKind.Object } route)
            {
                return DerivedValue.Of(true, explain ? $"{table.Id} leads {id} to the Internet through {route.Text("GatewayId")}" : null);
            }
        }

        return unknown is not null ? DerivedValue.Unknown(explain ? unknown : null)
            : DerivedValue.Of(false, explain ? $"no route of {(ids.Count == 1 ? ids[0] : "these subnets")} leads to an Internet gateway" : null);
    }

    private IReadOnlyList<string>? SubnetsOf(in Subject subject, out string? unknown)
    {
        unknown = (_by ?? _subnets)?.WhyUnknown(subject);
        if (unknown is not null)
        {
            return null;
        }

        if (_by is null)
        {
            return _subnets?.Of(subject) ?? [subject.Root.Text("SubnetId")!];
        }

        var (name, region) = (_by.Of(subject).FirstOrDefault(), subject.Resource.Region);
        if (name is null)
        {
            return [];
        }

        if (subject.Account.Resources(_group!).FirstOrDefault(group => group.Id == name && group.Region == region) is { } found)
        {
            return _subnets!.Of(found.Configuration);
        }

        unknown = subject.Account.WhyMissing(_group!, region) ?? $"{name} could not be read";
        return null;
    }

    private bool IsOpen(JsonElement route) =>
        SubnetRoutes.IsToInternet(route) && _everywhere?.Any(all => route.Text(all.Member) == all.Everywhere) != false;
}
