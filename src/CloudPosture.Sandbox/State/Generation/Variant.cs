using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>A way a resource differs from a good one.</summary>
/// <param name="Rules">The rules that must fail; empty for a trap, which looks bad and is not.</param>
/// <param name="Apply">Changes the good resource.</param>
internal sealed record Variant(IReadOnlyList<string> Rules, Action<JsonObject, Cell, int> Apply)
{
    public static Variant Fault(string rule, Action<JsonObject, Cell, int> apply) => new([rule], apply);

    public static Variant Fault(string[] rules, Action<JsonObject, Cell, int> apply) => new(rules, apply);

    public static Variant Trap(Action<JsonObject, Cell, int> apply) => new([], apply);
}
