using System;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>A kind of secret that its form alone gives away.</summary>
/// <param name="kind">What it is (<c>GitHubToken</c>).</param>
/// <param name="hint">A part that every such secret has; what lacks it is not searched.</param>
/// <param name="form">The form its issuer publishes.</param>
internal sealed class SecretPattern(string kind, string hint, string form)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private readonly Regex _form = new(form, RegexOptions.CultureInvariant, Timeout);

    public string Kind => kind;

    /// <summary>Where the first such secret begins in a text; null where there is none.</summary>
    public int? Find(string text)
    {
        if (text.IndexOf(hint, StringComparison.Ordinal) < 0)
        {
            return null;
        }

        var match = _form.Match(text);
        return match.Success ? match.Index : null;
    }
}
