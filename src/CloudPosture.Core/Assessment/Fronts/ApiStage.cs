using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace CloudPosture.Assessment.Fronts;

/// <summary>A stage of an API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Variables">Those of its variables that are known.</param>
internal sealed record ApiStage(string Name, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly Regex Variable = new(@"\$\{stageVariables\.(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant);

    /// <summary>A text with the stage's variables in it; null where one of them is not known.</summary>
    public string? Filled(string? text)
    {
        if (text is null || text.IndexOf('$') < 0)
        {
            return text;
        }

        var isKnown = true;
        var filled = Variable.Replace(text, match =>
        {
            isKnown &= Variables.TryGetValue(match.Groups["name"].Value, out var value);
            return value ?? "";
        });
        return isKnown ? filled : null;
    }
}
