using System.Collections.Generic;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Which sources a subnet's routes answer.</summary>
/// <param name="Passing">The sources.</param>
/// <param name="Steps">What packets go through on their way in: a gateway, a firewall's endpoint, a route table.</param>
/// <param name="Blocker">What stops them; null for nothing.</param>
internal sealed record RouteResult(AddressSet Passing, IReadOnlyList<string> Steps, Blocker? Blocker);
