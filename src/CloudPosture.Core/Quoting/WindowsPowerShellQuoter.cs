using System.Linq;

namespace CloudPosture.Quoting;

/// <summary>
/// Windows PowerShell 5.1 builds the program's command line carelessly: it escapes nothing, drops empty arguments, and
/// puts quotes around an argument only where white space follows an even count of quotes, escaped ones included. So
/// the text is escaped for the program here, and refused where the engine would leave its spaces bare.
/// </summary>
internal sealed class WindowsPowerShellQuoter : ArgumentQuoter
{
    private protected override string? Objection(string argument) =>
        argument.Any(char.IsWhiteSpace) && !EngineAddsQuotes(argument)
            ? "its white space stands only after an odd count of double quotes, where Windows PowerShell 5.1 splits it"
            : null;

    private protected override string QuoteText(string argument)
    {
        if (argument.Length == 0)
        {
            return "'\"\"'";
        }

        var escaped = WindowsCommandLine.EscapeQuotes(argument);
        if (!argument.Any(char.IsWhiteSpace))
        {
            return PowerShellLiteral.Of(escaped);
        }

        return PowerShellLiteral.Of(WindowsCommandLine.DoubleTrailingBackslashes(escaped));
    }

    /// <summary>A space between tokens, before the first quote, makes the engine add its quotes.</summary>
    private protected override string ShapeJson(string minified) =>
        minified.Any(char.IsWhiteSpace) && !EngineAddsQuotes(minified) ? minified.Insert(1, " ") : minified;

    private static bool EngineAddsQuotes(string argument)
    {
        var quotes = 0;
        foreach (var character in argument)
        {
            if (character == '"')
            {
                quotes++;
            }
            else if (quotes % 2 == 0 && char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }
}
