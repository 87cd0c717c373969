using System.Text.Json;

namespace CloudPosture.Assessment.Logs;

/// <summary>Two patterns joined by &amp;&amp; or ||.</summary>
internal sealed class FilterJunction(bool needsBoth, FilterPattern left, FilterPattern right) : FilterPattern
{
    public override bool Matches(JsonElement logged) => needsBoth
        ? left.Matches(logged) && right.Matches(logged)
        : left.Matches(logged) || right.Matches(logged);
}
