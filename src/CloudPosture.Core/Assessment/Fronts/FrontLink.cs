using System.Collections.Generic;

namespace CloudPosture.Assessment.Fronts;

/// <summary>The link by which APIs enter a VPC.</summary>
/// <param name="SubnetIds">The subnets it has interfaces in.</param>
/// <param name="GroupIds">Their security groups.</param>
internal sealed record FrontLink(IReadOnlyList<string> SubnetIds, IReadOnlyList<string> GroupIds);
