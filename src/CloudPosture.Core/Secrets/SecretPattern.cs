using System;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>A kind of secret that its form alone gives away.</summary>
/// <param name="kind">What it is (<c>GitHubToken</c>).</param>
/// <param name="hint">A part that every such secret has, in any case of letters where the form is; what lacks it is not searched.</param>
/// <param name="form">The form its issuer publishes. A group <c>v</c> is what somebody chose: where that stands in for a secret, there is none.</param>
internal sealed class SecretPattern(string kind, string hint, string form)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private readonly StringComparison _comparison = form.StartsWith("(?i)", StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    private readonly Regex _form = new(form, RegexOptions.CultureInvariant, Timeout);

    public string Kind => kind;

    /// <summary>Where the first such secret begins in a text; null where there is none.</summary>
    public int? Find(string text)
    {
        if (text.IndexOf(hint, _comparison) < 0)
        {
            return null;
        }

        for (var match = _form.Match(text); match.Success; match = match.NextMatch())
        {
            if (!StandsIn(match))
            {
                return match.Index;
            }
        }

        return null;
    }

    private static bool StandsIn(Match match) =>
        match.Groups["v"] is { Success: true } chosen ? StandIn.Is(chosen.Value) || StandIn.IsCode(chosen.Value) : StandIn.IsMasked(match.Value);
}
