using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>availabilityZones</c>, with <c>subnets</c>: the path of subnet ids. The number of Availability Zones that these subnets lie in.
/// Unknown where one of them was not read. Evidence: the zones.
/// </summary>
internal sealed class AvailabilityZones : DerivedFunction
{
    private const string Subnet = "AWS::EC2::Subnet";
    private readonly JsonPath _subnets;

    public AvailabilityZones(YamlMap arguments)
    {
        try
        {
            _subnets = JsonPath.Parse(arguments.Required("subnets"));
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }
    }

    public override IReadOnlyList<string> Types => [Subnet];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var wanted = new HashSet<string>(
            _subnets.FindAll(subject.Root).Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!),
            StringComparer.Ordinal);
        var found = subject.Account.Resources(Subnet).Where(subnet => wanted.Contains(subnet.Id)).ToList();
        var zones = found.Select(subnet => subnet.Configuration.Text("AvailabilityZone")).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return found.Count < wanted.Count
            ? DerivedValue.Unknown(explain ? $"{wanted.Count - found.Count} of {wanted.Count} subnets were not read" : null)
            : DerivedValue.Of(zones.Count, explain ? $"{wanted.Count} subnets in {zones.Count} zones: {string.Join(", ", zones)}" : null);
    }
}
