using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudPosture.Quoting;

/// <summary>
/// cmd.exe reads a line twice before the program does: first it expands percent signs, in quotes or not; then every
/// quote, escaped for the program or not, switches its special characters off and on. What stands where they are on is
/// escaped with a caret, and the quotes are kept even, so that redirections after the argument still work.
/// </summary>
internal sealed class CmdQuoter : ArgumentQuoter
{
    private const string Special = "&|<>^()";
    private static readonly Regex Plain = new(@"^[A-Za-z0-9_@+:./\\-]+\z", RegexOptions.CultureInvariant);

    private protected override string? Objection(string argument) =>
        argument.Any(character => char.IsControl(character) && character != '\t')
            ? "it holds a line break or another control character, which ends a command of cmd.exe"
            : null;

    private protected override string QuoteText(string argument) => Plain.IsMatch(argument)
        ? argument
        : Caret("\"" + WindowsCommandLine.DoubleTrailingBackslashes(WindowsCommandLine.EscapeQuotes(argument)) + "\"");

    /// <summary>Text for the command echo, which prints quotes as they are; so every special character gets a caret, and there is nothing to switch it off.</summary>
    public static string Echoed(string text) => string.Concat(text.Select(character => character switch
    {
        '%' => "%%",
        '"' => "^\"",
        _ when Special.IndexOf(character) >= 0 => "^" + character,
        _ => character.ToString(),
    }));

    private static string Caret(string commandLine)
    {
        var line = new StringBuilder(commandLine.Length + 16);
        var quoted = false;
        for (var index = 0; index < commandLine.Length; index++)
        {
            var character = commandLine[index];
            var last = index == commandLine.Length - 1;
            if (character == '%')
            {
                line.Append('%');
            }
            else if (!quoted && (Special.IndexOf(character) >= 0 || (character == '"' && last)))
            {
                line.Append('^');
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }

            line.Append(character);
        }

        return line.ToString();
    }
}
