using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>Which routes the subnets of an account follow.</summary>
internal static class SubnetRoutes
{
    /// <summary>The types that are looked at.</summary>
    public const string Table = "AWS::EC2::RouteTable";

    /// <inheritdoc cref="Table"/>
    public const string Subnet = "AWS::EC2::Subnet";

    private static readonly ConditionalWeakTable<AccountIndex, Tables> Accounts = new();
    private static readonly RegionalIndex Subnets = new(Subnet);

    /// <summary>The table that a subnet is tied to; without one, its VPC's main table. Null where it could not be read.</summary>
    /// <param name="subject">What lies in the subnet; its Region counts.</param>
    /// <param name="subnet">The subnet's id.</param>
    /// <param name="vpc">The VPC's id, if that is known without the subnet.</param>
    public static Resource? TableOf(in Subject subject, string subnet, string? vpc = null)
    {
        var (tables, region) = (Accounts.GetValue(subject.Account, account => new Tables(account)), subject.Resource.Region);
        if (tables.OfSubnets.TryGetValue((region, subnet), out var own))
        {
            return own;
        }

        // A table that could not be listed may be the subnet's own.
        vpc ??= Subnets.Find(subject, subnet)?.Configuration.Text("VpcId");
        return vpc is not null && subject.Account.WhyMissing(Table, region) is null && tables.OfVpcs.TryGetValue((region, vpc), out var main) ? main : null;
    }

    /// <summary>Why the table of a subnet is not known.</summary>
    public static string WhyNone(in Subject subject, string subnet) =>
        subject.Account.WhyMissing(Table, subject.Resource.Region) ?? subject.Account.WhyMissing(Subnet, subject.Resource.Region) ?? $"the route table of {subnet} is not known";

    /// <summary>Whether a route leads to an Internet gateway. One that lets nothing in, for IPv6, is no such gateway.</summary>
    public static bool IsToInternet(JsonElement route) =>
        route.Text("GatewayId")?.StartsWith("igw-", StringComparison.Ordinal) == true && route.Text("State") != "blackhole";

    private sealed class Tables
    {
        public Tables(AccountIndex account)
        {
            foreach (var table in account.Resources(Table))
            {
                foreach (var association in table.Configuration.Items("Associations"))
                {
                    Note(table, association);
                }
            }
        }

        public Dictionary<(string Region, string Subnet), Resource> OfSubnets { get; } = [];

        public Dictionary<(string Region, string Vpc), Resource> OfVpcs { get; } = [];

        private void Note(Resource table, JsonElement association)
        {
            if (association.Text("SubnetId") is { } subnet)
            {
                OfSubnets[(table.Region, subnet)] = table;
            }

            if (association.Flag("Main") && table.Configuration.Text("VpcId") is { } vpc)
            {
                OfVpcs[(table.Region, vpc)] = table;
            }
        }
    }
}
