using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Content.Cases;

/// <summary>The cases of one service.</summary>
/// <param name="Bases">A realistic record of each type, as a harvest stores it before secrets are judged.</param>
/// <param name="Cases">What the rules must say.</param>
internal sealed record CaseFile(IReadOnlyDictionary<string, JsonObject> Bases, IReadOnlyList<RuleCase> Cases);
