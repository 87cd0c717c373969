namespace CloudPosture.Quoting;

/// <summary>PowerShell 7.3 and later pass a native argument unchanged, so only the language's own quoting matters.</summary>
internal sealed class PowerShellQuoter : ArgumentQuoter
{
    private protected override string QuoteText(string argument) => PowerShellLiteral.Of(argument);
}
