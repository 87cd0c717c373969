using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudPosture.Quoting;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes an argument from a list of names. A list that cannot be read completes nothing: Tab must not throw.</summary>
public abstract class PostureCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var isBegun = Beginning((wordToComplete ?? "").Trim('\'', '"'));
        IsWanted = name => Aliases(name).Any(isBegun) && Display.Text(name) == name;
        var takesPatterns = !OffersPatterns && PatternParameters.Has(commandName, parameterName);
        try
        {
            return
            [
                .. Candidates(fakeBoundParameters)
                    .Where(candidate => IsWanted(candidate.Name))
                    .OrderBy(candidate => IsSorted ? "" : candidate.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(candidate => new CompletionResult(
                        Quote(takesPatterns ? WildcardPattern.Escape(candidate.Name) : candidate.Name), candidate.Name, CompletionResultType.ParameterValue, ToolTip(candidate))),
            ];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return [];
        }
    }

    /// <summary>Whether a name goes on from what was typed. One that steers the terminal, which shows the list and the line, is never offered.</summary>
    private protected Func<string, bool> IsWanted { get; private set; } = _ => true;

    /// <summary>What may be completed, each with a line that explains it.</summary>
    /// <param name="boundParameters">The parameters already on the line.</param>
    private protected abstract IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters);

    /// <summary>Whether the candidates are in the order in which they are offered; else they are sorted by name.</summary>
    private protected virtual bool IsSorted => false;

    /// <summary>Whether a wildcard in a candidate is meant as one.</summary>
    private protected virtual bool OffersPatterns => false;

    /// <summary>The beginnings by which a name is found.</summary>
    private protected virtual IEnumerable<string> Aliases(string name) => [name];

    // A word is a pattern where it is one; a name with a bracket in it is meant as it is typed, too.
    private static Func<string, bool> Beginning(string word)
    {
        var pattern = WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase);
        try
        {
            _ = pattern.IsMatch("");
            return name => pattern.IsMatch(name) || name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        }
        catch (WildcardPatternException)
        {
            return name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string ToolTip((string Name, string Description) candidate) =>
        Display.Text(candidate.Description) is { Length: > 0 } text ? text : candidate.Name;

    private static string Quote(string name) =>
        !name.StartsWith("-", StringComparison.Ordinal) && name.All(character => char.IsLetterOrDigit(character) || character is '.' or '-' or '_' or ':' or '/')
            ? name
            : PowerShellLiteral.Quoted(name);
}
