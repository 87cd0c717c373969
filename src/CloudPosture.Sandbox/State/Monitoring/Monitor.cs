using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>One thing that the benchmark wants an alarm for.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Pattern">The filter pattern.</param>
/// <param name="Incomplete">A pattern that forgets something; null where there is no telling example.</param>
internal sealed record Monitor(string RuleId, string Pattern, string? Incomplete)
{
    /// <summary>The name of filter, metric and alarm.</summary>
    public string Name => RuleId["CloudWatch.Monitor".Length..];

    /// <summary>A pattern that watches for any of some API calls.</summary>
    public static Monitor ForEvents(string rule, string? source, params IReadOnlyList<string> events) =>
        new("CloudWatch.Monitor" + rule, PatternOf(source, events), events.Count > 1 ? PatternOf(source, [.. events.SkipLast(1)]) : null);

    private static string PatternOf(string? source, IReadOnlyList<string> events)
    {
        var names = string.Join(" || ", events.Select(name => $"($.eventName = {name})"));
        return source is null ? $"{{ {names} }}" : $"{{ ($.eventSource = {source}) && ({names}) }}";
    }
}
