using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>inPublicSubnet</c>, with <c>subnets</c>: the path of subnet ids. Where they stand in a group of subnets, <c>group</c> is the
/// group's type and <c>by</c> the field that holds its id; <c>subnets</c> is then a path in the group. True where one of the subnets,
/// by its own route table or its VPC's main one, has a route to an internet gateway. Evidence: the subnet.
/// Sources: AWS::EC2::RouteTable, AWS::EC2::Subnet and the group.
/// </summary>
internal sealed class InPublicSubnet : DerivedFunction
{
    private const string Table = "AWS::EC2::RouteTable";
    private const string Subnet = "AWS::EC2::Subnet";
    private readonly Values _subnets;
    private readonly string? _group;
    private readonly Values? _by;

    public InPublicSubnet(YamlMap arguments)
    {
        _subnets = Values.Required(arguments, "subnets");
        _group = arguments.Text("group");
        _by = _group is null ? null : Values.Required(arguments, "by");
        Types = _group is null ? [Table, Subnet] : [Table, Subnet, _group];
    }

    public override IReadOnlyList<string> Types { get; }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (SubnetsOf(subject, out var unknown) is not { } ids)
        {
            return DerivedValue.Unknown(unknown);
        }

        var (account, region) = (subject.Account, subject.Resource.Region);
        foreach (var id in ids)
        {
            if (TableOf(account, id) is not { } table)
            {
                unknown ??= account.WhyMissing(Table, region) ?? account.WhyMissing(Subnet, region) ?? $"the route table of {id} is not known";
            }
            else if (LeadsToInternet(table.Configuration))
            {
                return DerivedValue.Of(true, explain ? $"{id} has a route to the Internet in {table.Id}" : null);
            }
        }

        return unknown is null ? DerivedValue.Of(false, explain ? "no subnet has a route to an internet gateway" : null) : DerivedValue.Unknown(unknown);
    }

    private IReadOnlyList<string>? SubnetsOf(in Subject subject, out string? unknown)
    {
        unknown = (_by ?? _subnets).WhyUnknown(subject);
        if (_by is null || unknown is not null)
        {
            return unknown is null ? _subnets.Of(subject) : null;
        }

        var (name, region) = (_by.Of(subject).FirstOrDefault(), subject.Resource.Region);
        if (name is null)
        {
            return [];
        }

        if (subject.Account.Resources(_group!).FirstOrDefault(group => group.Id == name && group.Region == region) is { } found)
        {
            return _subnets.Of(found.Configuration);
        }

        unknown = subject.Account.WhyMissing(_group!, region) ?? $"{name} could not be read";
        return null;
    }

    /// <summary>The table that a subnet is tied to; without one, its VPC's main table.</summary>
    private static Resource? TableOf(AccountIndex account, string subnet) =>
        account.Resources(Table).FirstOrDefault(table => Associations(table).Any(association => association.Text("SubnetId") == subnet))
        ?? (account.Resources(Subnet).FirstOrDefault(candidate => candidate.Id == subnet) is { } found
            && account.WhyMissing(Table, found.Region) is null
            && found.Configuration.Text("VpcId") is { } vpc
                ? account.Resources(Table).FirstOrDefault(table => table.Configuration.Text("VpcId") == vpc && Associations(table).Any(association => association.Flag("Main")))
                : null);

    private static IEnumerable<JsonElement> Associations(Resource table) => table.Configuration.Items("Associations");

    private static bool LeadsToInternet(JsonElement table) => table.Items("Routes").Any(route =>
        route.Text("GatewayId") is { } gateway && gateway.StartsWith("igw-", StringComparison.Ordinal) && route.Text("State") != "blackhole");
}
