using System;
using System.Text.Json;

namespace CloudPosture.Quoting;

/// <summary>Writes one argument so that a shell hands exactly that argument to the program it starts.</summary>
public abstract class ArgumentQuoter
{
    private static readonly ArgumentQuoter Bash = new BashQuoter();
    private static readonly ArgumentQuoter Cmd = new CmdQuoter();
    private static readonly ArgumentQuoter WindowsPowerShell = new WindowsPowerShellQuoter();
    private static readonly ArgumentQuoter PowerShell = new PowerShellQuoter();

    private protected ArgumentQuoter()
    {
    }

    /// <summary>The quoter of one shell.</summary>
    /// <param name="shell">The shell.</param>
    /// <returns>The quoter; thread-safe, the same instance each time.</returns>
    public static ArgumentQuoter For(Shell shell) => shell switch
    {
        Shell.Bash => Bash,
        Shell.Cmd => Cmd,
        Shell.WindowsPowerShell => WindowsPowerShell,
        Shell.PowerShell => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "There is no such shell."),
    };

    /// <summary>Quotes any text.</summary>
    /// <param name="argument">The argument the program is to receive.</param>
    /// <returns>What to write in the command line.</returns>
    /// <exception cref="UnquotableArgumentException">The shell cannot pass this text on unchanged.</exception>
    public string Quote(string argument)
    {
        if (Problem(argument) is { } reason)
        {
            throw new UnquotableArgumentException(
                $"The argument cannot be passed in this shell: {reason}. Change the text, or write it to a file in UTF-8 without a byte order mark and pass file://<path>.");
        }

        return QuoteText(argument);
    }

    /// <summary>Whether <see cref="Quote"/> takes the text.</summary>
    /// <param name="argument">Any text.</param>
    /// <returns>False where it would refuse.</returns>
    internal bool CanQuote(string argument) => Problem(argument) is null;

    /// <summary>Quotes JSON. The white space around its tokens may change, and what is not ASCII is escaped, so that it never fails for well-formed JSON.</summary>
    /// <param name="json">An object or an array.</param>
    /// <returns>What to write in the command line.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public string QuoteJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw new UnquotableArgumentException("The argument is neither a JSON object nor an array.");
        }

        return Quote(ShapeJson(JsonSerializer.Serialize(document.RootElement)));
    }

    private protected abstract string QuoteText(string argument);

    private protected virtual string ShapeJson(string minified) => minified;

    /// <summary>Why the shell cannot pass a well-formed text on; null where it can.</summary>
    private protected virtual string? Objection(string argument) => null;

    private string? Problem(string argument) =>
        argument.IndexOf('\0') >= 0 ? "it holds a NUL character, which ends an argument on every system"
        : !IsWellFormed(argument) ? "it holds half of a surrogate pair, which no encoding can carry"
        : Objection(argument);

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return false;
            }
        }

        return true;
    }
}
