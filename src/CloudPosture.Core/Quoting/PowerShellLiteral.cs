using System.Text.RegularExpressions;

namespace CloudPosture.Quoting;

/// <summary>String literals of the PowerShell language, of every version.</summary>
public static class PowerShellLiteral
{
    // Digits and dashes in front are quoted because PowerShell may see a number or a parameter in them.
    private static readonly Regex Plain = new(@"^[A-Za-z][A-Za-z0-9_./:-]*\z", RegexOptions.CultureInvariant);

    // The language takes the typographic single quotes for the plain one.
    private static readonly Regex Quotes = new("['\u2018\u2019\u201A\u201B]", RegexOptions.CultureInvariant);

    /// <summary>A command's argument, bare where that is safe.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text) => Plain.IsMatch(text) ? text : Quoted(text);

    /// <summary>A string, also within an expression.</summary>
    /// <param name="text">Any text.</param>
    public static string Quoted(string text) => "'" + Quotes.Replace(text, "$0$0") + "'";
}
