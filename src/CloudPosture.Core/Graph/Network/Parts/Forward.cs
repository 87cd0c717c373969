using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A listener of a load balancer and what it leads to.</summary>
/// <param name="Listener">The port.</param>
/// <param name="TargetGroupArns">The target groups of its default actions.</param>
/// <param name="Targets">For a classic load balancer: the instances, each with the port there.</param>
/// <param name="Arn">The listener's ARN; null where it has none.</param>
internal sealed record Forward(Listener Listener, IReadOnlyList<string> TargetGroupArns, IReadOnlyList<Target> Targets, string? Arn = null);
