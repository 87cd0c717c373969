using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Logs;

/// <summary>One property of an event searched for a regular expression, written between percent signs.</summary>
internal sealed class FilterRegex(JsonPath path, Regex regex, bool isNegated) : FilterPattern
{
    public override bool Matches(JsonElement logged)
    {
        try
        {
            return path.TryFind(logged, out var found) && new FieldValue(found).Text is { } text && regex.IsMatch(text) != isNegated;
        }
        catch (RegexMatchTimeoutException)
        {
            // The events are short: what takes so long on them is no filter that anybody can rely on.
            return false;
        }
    }
}
