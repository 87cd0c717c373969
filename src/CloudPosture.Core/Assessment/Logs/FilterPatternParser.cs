using System;
using System.Text;
using System.Text.RegularExpressions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Logs;

/// <summary>A recursive descent over a pattern's text; &amp;&amp; binds tighter than ||. Every method answers null for what it does not understand.</summary>
internal sealed class FilterPatternParser(string text)
{
    private const int MaxDepth = 64;
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Symbols = ["!=", "<=", ">=", "=", "<", ">"];
    private int _at;
    private int _depth;

    public FilterPattern? Parse() =>
        Take("{") && ReadAny() is { } pattern && Take("}") && AtEnd() ? pattern : null;

    private FilterPattern? ReadAny()
    {
        var left = ReadAll();
        while (left is not null && Take("||"))
        {
            left = ReadAll() is { } right ? new FilterJunction(needsBoth: false, left, right) : null;
        }

        return left;
    }

    private FilterPattern? ReadAll()
    {
        var left = ReadOne();
        while (left is not null && Take("&&"))
        {
            left = ReadOne() is { } right ? new FilterJunction(needsBoth: true, left, right) : null;
        }

        return left;
    }

    private FilterPattern? ReadOne()
    {
        if (!Take("("))
        {
            return ReadComparison();
        }

        if (++_depth > MaxDepth)
        {
            return null;
        }

        var inner = ReadAny();
        _depth--;
        return Take(")") ? inner : null;
    }

    private FilterPattern? ReadComparison()
    {
        if (ReadPath() is not { } path)
        {
            return null;
        }

        foreach (var symbol in Symbols)
        {
            if (Take(symbol))
            {
                return ReadValue(path, symbol);
            }
        }

        var words = ReadWord().ToUpperInvariant();
        words += words is "NOT" or "IS" ? " " + ReadWord().ToUpperInvariant() : "";
        return words is "EXISTS" or "NOT EXISTS" or "IS TRUE" or "IS FALSE" or "IS NULL" ? new FilterComparison(path, words, "") : null;
    }

    private JsonPath? ReadPath()
    {
        if (!Take("$"))
        {
            return null;
        }

        var path = ReadWord();
        try
        {
            return path.Length > 1 && path[0] == '.' ? JsonPath.Parse(path.Substring(1)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private FilterPattern? ReadValue(JsonPath path, string symbol)
    {
        SkipSpace();
        if (_at < text.Length && text[_at] is '"' or '%')
        {
            var isRegex = text[_at] == '%';
            return ReadQuoted(text[_at]) is not { } quoted ? null
                : isRegex ? Regex(path, quoted, symbol)
                : new FilterComparison(path, symbol, quoted);
        }

        return ReadWord() is { Length: > 0 } word ? new FilterComparison(path, symbol, word) : null;
    }

    private static FilterRegex? Regex(JsonPath path, string pattern, string symbol)
    {
        try
        {
            return symbol is "=" or "!=" ? new FilterRegex(path, new Regex(pattern, RegexOptions.CultureInvariant, RegexTimeout), symbol == "!=") : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private string? ReadQuoted(char quote)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return value.ToString();
            }

            if (text[_at] == '\\' && _at + 1 < text.Length && quote == '"')
            {
                _at++;
            }

            value.Append(text[_at]);
        }

        return null;
    }

    private string ReadWord()
    {
        SkipSpace();
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && "(){}=!<>&|\"".IndexOf(text[_at]) < 0)
        {
            _at++;
        }

        return text.Substring(start, _at - start);
    }

    private bool Take(string token)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _at == text.Length;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
