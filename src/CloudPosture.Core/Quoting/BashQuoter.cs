using System.Text.RegularExpressions;

namespace CloudPosture.Quoting;

/// <summary>Single quotes make everything literal in Bash but the single quote itself.</summary>
internal sealed class BashQuoter : ArgumentQuoter
{
    private static readonly Regex Plain = new(@"^[A-Za-z0-9_@%+:,./-]+\z", RegexOptions.CultureInvariant);

    private protected override string QuoteText(string argument) =>
        Plain.IsMatch(argument) ? argument : "'" + argument.Replace("'", @"'\''") + "'";
}
