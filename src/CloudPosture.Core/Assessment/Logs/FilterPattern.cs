using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CloudPosture.Assessment.Logs;

/// <summary>A JSON filter pattern of CloudWatch Logs, parsed so that it can be tried on events.</summary>
internal abstract class FilterPattern
{
    /// <summary>Parses a pattern such as <c>{ ($.eventName = "DeleteTrail") || ($.eventName = Stop*) }</c>.</summary>
    /// <returns>False where it is no pattern for JSON events, or one we do not understand.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FilterPattern? pattern)
    {
        pattern = text is null ? null : new FilterPatternParser(text).Parse();
        return pattern is not null;
    }

    /// <summary>Whether CloudWatch Logs would count the event.</summary>
    public abstract bool Matches(JsonElement logged);
}
