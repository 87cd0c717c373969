using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CloudPosture.Quoting;

namespace CloudPosture.Assessment.Rules;

/// <summary>
/// Commands with braces where names go. A name in a word of its own is quoted for the shell. Within a longer word, quotes or a remark
/// no quoting is right in every shell, so that only a plain one goes in there.
/// </summary>
internal sealed class RemediationText(string text, IEnumerable<(string Name, string Value)> values, Shell shell)
{
    // The AWS CLI reads these as options, JSON, and files or pages to take the value from.
    private static readonly string[] ReadOtherwise = ["-", "[", "{", " ", "file://", "fileb://", "http://", "https://"];
    private static readonly Regex Braces = new(@"\G\{([A-Za-z]+)\}", RegexOptions.CultureInvariant);
    private static readonly Regex Plain = new(@"^[A-Za-z0-9/][A-Za-z0-9_./:-]*\z", RegexOptions.CultureInvariant);
    private readonly ArgumentQuoter _quoter = ArgumentQuoter.For(shell);
    private readonly Dictionary<string, string> _values = values.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>What stands for a name that cannot go in; null where its braces stay.</summary>
    public IReadOnlyDictionary<string, string>? Words { get; init; }

    public string Fill()
    {
        var filled = new StringBuilder(text.Length + 64);
        var quote = '\0';
        var isRemark = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '{' && Braces.Match(text, at) is { Success: true } braces && IsHole(braces.Groups[1].Value))
            {
                var name = braces.Groups[1].Value;
                filled.Append(
                    _values.TryGetValue(name, out var value) && Word(value, isWhole: quote == '\0' && IsWhole(at, at + braces.Length)) is { } word ? word
                    : Words is not null && Words.TryGetValue(name, out var instead) ? instead
                    : braces.Value);
                at += braces.Length - 1;
                continue;
            }

            isRemark = text[at] != '\n' && (isRemark || (quote == '\0' && text[at] == '#' && IsGap(at - 1)));
            quote = isRemark ? '\0' : After(quote, text[at]);
            filled.Append(text[at]);
        }

        return filled.ToString();
    }

    private bool IsHole(string name) => _values.ContainsKey(name) || Words?.ContainsKey(name) == true;

    private static char After(char quote, char character) =>
        quote == '\0' ? character is '\'' or '"' ? character : '\0'
        : character == quote ? '\0'
        : quote;

    private static bool IsName(string value) =>
        value.Length > 0
        && !ReadOtherwise.Any(beginning => value.StartsWith(beginning, StringComparison.Ordinal))
        && !Enumerable.Range(0, value.Length).Any(index => IsUnseen(CharUnicodeInfo.GetUnicodeCategory(value, index)) && !(index > 0 && char.IsSurrogatePair(value, index - 1)));

    // What ends a line, steers a terminal, turns the order of reading or shows as nothing.
    private static bool IsUnseen(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private string? Word(string value, bool isWhole) =>
        !IsName(value) ? null
        : isWhole && CanQuote(value) ? _quoter.Quote(value)
        : Plain.IsMatch(value) ? value
        : null;

    // The quoter writes for a batch file, and commands are typed at the prompt, where a percent sign cannot be escaped.
    private bool CanQuote(string value) => _quoter.CanQuote(value) && (shell != Shell.Cmd || value.IndexOf('%') < 0);

    private bool IsWhole(int start, int end) => IsGap(start - 1) && (IsGap(end) || text[end] is ';' or ')');

    private bool IsGap(int at) => at < 0 || at >= text.Length || char.IsWhiteSpace(text[at]);
}
