using CloudPosture.Json;

namespace CloudPosture.Assessment.Sharing;

/// <summary>A service's own word on whether it answers the Internet.</summary>
/// <param name="Type">The type.</param>
/// <param name="Field">What says so.</param>
/// <param name="Value">What it says where it does; null where anything will do.</param>
/// <param name="WhyNot">What to say where it does not.</param>
/// <param name="Sources">The networks that it answers; null for all.</param>
/// <param name="State">What tells its state; null for none.</param>
/// <param name="Runs">The state in which it answers.</param>
/// <param name="Guard">What it asks of whoever calls; empty for nothing.</param>
internal sealed record ServiceEndpoint(string Type, JsonPath Field, string? Value, string WhyNot, JsonPath? Sources = null, JsonPath? State = null, string? Runs = null, string Guard = "");
