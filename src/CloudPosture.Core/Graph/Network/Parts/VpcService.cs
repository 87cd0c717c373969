using CloudPosture.Json;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>Where a service's answer says how it listens in a VPC, for services that keep their interfaces to themselves.</summary>
/// <param name="Type">The CloudFormation type.</param>
/// <param name="Public">Where it says whether its address is public.</param>
/// <param name="PublicValue">What stands there if so; <c>true</c> for a flag.</param>
/// <param name="Port">Where its port stands; null where <paramref name="Ports"/> are known.</param>
/// <param name="Ports">The ports that such a service always has.</param>
/// <param name="Groups">Where its security groups stand.</param>
/// <param name="Subnets">Where its subnets stand: in its own answer, or in that of its subnet group.</param>
/// <param name="SubnetGroup">Where the name of its subnet group stands; null where its own answer names subnets.</param>
/// <param name="SubnetGroupType">The type of that group.</param>
/// <param name="Zone">Where the availability zone stands; null where it may be in each of the subnets.</param>
/// <param name="Status">Where it says whether it runs; null where it always does.</param>
internal sealed record VpcService(
    string Type, JsonPath Public, string PublicValue, JsonPath? Port, int[] Ports, JsonPath Groups, JsonPath Subnets,
    JsonPath? SubnetGroup, string? SubnetGroupType, JsonPath? Zone, JsonPath? Status);
