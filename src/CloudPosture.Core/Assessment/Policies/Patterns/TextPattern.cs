using System.Collections.Generic;
using System.Linq;
using System.Text;
using CloudPosture.Assessment.Policies.Keys;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>A text of a policy with its wildcards and variables.</summary>
internal sealed class TextPattern
{
    private readonly IReadOnlyList<Part> _parts;
    private readonly Glob? _fixed;
    private readonly bool _ignoresCase;

    private TextPattern(string text, IReadOnlyList<Part> parts, bool ignoresCase)
    {
        (Text, _parts, _ignoresCase) = (text, parts, ignoresCase);
        _fixed = parts.Any(part => part.Variable is not null) ? null : new Glob(Cased(string.Concat(parts.Select(part => part.Text))));
    }

    /// <summary>As the policy writes it.</summary>
    public string Text { get; }

    public bool HasVariables => _fixed is null;

    /// <summary>The variable that is all there is; null where there is more, or none.</summary>
    public string? OnlyVariable => _parts is [{ Text: "", Variable: null }, { Variable: { } name }, { Text: "", Variable: null }] ? name : null;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> are wildcards here.</param>
    /// <param name="variables">Whether <c>${…}</c> is a variable: not in policies of the first version.</param>
    /// <param name="ignoreCase">Whether case does not count.</param>
    public static TextPattern Parse(string text, bool wildcards, bool variables, bool ignoreCase)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = variables && string.CompareOrdinal(text, at, "${", 0, 2) == 0 ? text.IndexOf('}', at) : -1;
            if (end < 0)
            {
                literal.Append(wildcards ? Encoded(text[at]) : Plain(text[at]));
                at++;
                continue;
            }

            var inner = text.Substring(at + 2, end - at - 2);
            at = end + 1;
            if (inner is "*" or "?" or "$")
            {
                literal.Append(inner);
                continue;
            }

            parts.Add(new Part(literal.ToString(), null, null));
            literal.Clear();
            parts.Add(Variable(inner));
        }

        parts.Add(new Part(literal.ToString(), null, null));
        return new TextPattern(text, parts, ignoreCase);
    }

    /// <summary>The pattern with its variables replaced; null where it then matches nothing.</summary>
    /// <param name="variables">What they stand for.</param>
    /// <param name="wanted">Whether a match is what is looked for: what may be chosen then fits, and otherwise does not.</param>
    public Glob? Resolve(IVariables variables, bool wanted)
    {
        if (_fixed is not null)
        {
            return _fixed;
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            var value = part.Variable is null ? part.Text : variables.ValueOf(part.Variable) ?? part.Default;
            if (value is null || (part.Variable is not null && !wanted && value.IndexOf(Glob.Any) >= 0))
            {
                return null;
            }

            text.Append(value);
        }

        return new Glob(Cased(text.ToString()));
    }

    public override string ToString() => Text;

    private static Part Variable(string inner)
    {
        var comma = inner.IndexOf(',');
        var name = (comma < 0 ? inner : inner.Substring(0, comma)).Trim().ToLowerInvariant();
        return new Part("", name, comma < 0 ? null : inner.Substring(comma + 1).Trim().Trim('\''));
    }

    private static char Encoded(char character) => character switch { '*' => Glob.Any, '?' => Glob.One, _ => Plain(character) };

    // A document must not smuggle in the characters that mean something here.
    private static char Plain(char character) => character is >= Glob.Fresh and <= Glob.One ? '\uFFFD' : character;

    private string Cased(string text) => _ignoresCase ? text.ToLowerInvariant() : text;

    private readonly record struct Part(string Text, string? Variable, string? Default);
}
