using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>A call that both clients make.</summary>
/// <param name="Service">The model's name.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Input">Its input.</param>
/// <param name="Region">The Region.</param>
public sealed record ReferenceCall(string Service, string Operation, JsonObject Input, string Region);
