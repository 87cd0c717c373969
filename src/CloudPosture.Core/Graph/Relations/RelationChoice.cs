using System.Collections.Generic;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;

namespace CloudPosture.Graph.Relations;

/// <summary>What one place in a type's configuration can lead to: one type, or whichever of several the value turns out to be.</summary>
/// <param name="By">The place.</param>
/// <param name="Relations">The relations, in the order in which they are tried.</param>
/// <param name="Names">The numbers of their names.</param>
/// <param name="Types">The numbers of the types that they lead to.</param>
internal sealed record RelationChoice(JsonPath By, IReadOnlyList<RelationEntry> Relations, ushort[] Names, ushort[] Types);
