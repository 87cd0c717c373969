using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A target group.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Kind">instance, ip, lambda or alb.</param>
/// <param name="Protocol">The protocol's number.</param>
/// <param name="VpcId">Its VPC; null for functions.</param>
/// <param name="BalancerArns">The load balancers that use it, by a default action or a rule.</param>
/// <param name="Targets">Its targets.</param>
internal sealed record TargetGroup(string Arn, string Kind, int Protocol, string? VpcId, IReadOnlyList<string> BalancerArns, IReadOnlyList<Target> Targets);
