using System.Collections.Generic;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>A request that the simulator judges.</summary>
internal sealed record SimulatedRequest(string Account, string Action, string Resource, IReadOnlyDictionary<string, string> Context);
