using System;
using System.Collections.Generic;
using System.Text;

namespace CloudPosture.Tests.Batch;

/// <summary>
/// The second phase of cmd.exe: a line whose percent signs are expanded becomes commands. Whatever a variable put into the
/// line is parsed like the rest of it. Written from what is published about cmd.exe, and knows nothing of our quoting.
/// </summary>
internal sealed class BatchParser
{
    private const string Delimiters = " \t,;=\u000B\u000C\u00A0";
    private readonly string _line;
    private int _at;
    private int _depth;

    private BatchParser(string line) => _line = line;

    private bool IsAtEnd => _at >= _line.Length;

    private char Here => _at < _line.Length ? _line[_at] : '\0';

    public static BatchNode Parse(string line)
    {
        var parser = new BatchParser(line);
        var node = parser.Sequence();
        // What stands behind a closing parenthesis that nothing opened is not read.
        return node;
    }

    private BatchNode Sequence()
    {
        var left = Chain("||");
        while (Here == '&')
        {
            _at++;
            left = new BatchNode.Joined("&", left, Chain("||"));
        }

        return left;
    }

    private BatchNode Chain(string symbol)
    {
        var left = symbol == "||" ? Chain("&&") : Primary();
        while (string.CompareOrdinal(_line, _at, symbol, 0, 2) == 0)
        {
            _at += 2;
            left = new BatchNode.Joined(symbol, left, symbol == "||" ? Chain("&&") : Primary());
        }

        return left;
    }

    private BatchNode Primary()
    {
        SkipDelimiters();
        if (Here == '(')
        {
            _at++;
            _depth++;
            var inner = Sequence();
            Assert.True(Here == ')', $"a parenthesis is left open: {_line}");
            _at++;
            _depth--;
            SkipDelimiters();
            return inner;
        }

        return Word().ToUpperInvariant() switch
        {
            "IF" => Condition(),
            "FOR" => Loop(),
            "REM" => Remark(),
            _ => Command(),
        };
    }

    private BatchNode.Nothing Remark()
    {
        _at = _line.Length;
        return new BatchNode.Nothing();
    }

    private BatchNode.Condition Condition()
    {
        _at += 2;
        var isNegated = false;
        var left = Token();
        if (left.Equals("not", StringComparison.OrdinalIgnoreCase))
        {
            isNegated = true;
            left = Token();
        }

        if (left.ToUpperInvariant() is "DEFINED" or "EXIST")
        {
            return new BatchNode.Condition(isNegated, Token(), left.ToUpperInvariant(), "", Sequence());
        }

        var symbol = Comparison();
        return new BatchNode.Condition(isNegated, left, symbol, Token(), Sequence());
    }

    private string Comparison()
    {
        while (Here is ' ' or '\t')
        {
            _at++;
        }

        if (string.CompareOrdinal(_line, _at, "==", 0, 2) == 0)
        {
            _at += 2;
            return "==";
        }

        return Token().ToUpperInvariant();
    }

    private BatchNode.Loop Loop()
    {
        _at += 3;
        var word = Token();
        var (kind, options) = ("", "");
        if (word.StartsWith('/'))
        {
            kind = word.ToLowerInvariant();
            word = Token();
            if (word.StartsWith('"'))
            {
                options = word.Trim('"');
                word = Token();
            }
        }

        Assert.True(word.Length == 2 && word[0] == '%', $"not a variable of for: {word} in {_line}");
        Assert.Equal("IN", Token().ToUpperInvariant());
        SkipDelimiters();
        Assert.Equal('(', Here);
        _at++;
        var set = Until(')');
        Assert.Equal("DO", Token().ToUpperInvariant());
        return new BatchNode.Loop(kind, options, word[1], set, Sequence());
    }

    private string Until(char end)
    {
        var text = new StringBuilder();
        for (var quoted = false; ; _at++)
        {
            Assert.False(IsAtEnd, $"nothing ends with {end}: {_line}");
            quoted ^= Here == '"';
            if (!quoted && Here == end)
            {
                _at++;
                return text.ToString();
            }

            text.Append(Here);
        }
    }

    private BatchNode Command()
    {
        var text = new StringBuilder();
        var redirections = new List<BatchNode.Redirection>();
        for (var quoted = false; !IsAtEnd;)
        {
            if (!quoted && (Here is '&' or '|' || (Here == ')' && _depth > 0)))
            {
                Assert.False(Here == '|' && (_at + 1 == _line.Length || _line[_at + 1] != '|'), $"a pipe: {_line}");
                break;
            }

            if (!quoted && Here == '^')
            {
                _at++;
                Assert.False(IsAtEnd, $"a caret joins the next line: {_line}");
                text.Append(_line[_at++]);
                continue;
            }

            if (!quoted && Redirected() is { } redirection)
            {
                redirections.Add(redirection);
                continue;
            }

            quoted ^= Here == '"';
            text.Append(_line[_at++]);
        }

        return text.ToString().Trim(Delimiters.ToCharArray()).Length == 0 && redirections.Count == 0 ? new BatchNode.Nothing() : new BatchNode.Command(text.ToString(), redirections);
    }

    private BatchNode.Redirection? Redirected()
    {
        var isNumbered = char.IsAsciiDigit(Here) && _at + 1 < _line.Length && _line[_at + 1] is '<' or '>' && (_at == 0 || Delimiters.Contains(_line[_at - 1]) || _line[_at - 1] is '"' or '(');
        if (!isNumbered && Here is not ('<' or '>'))
        {
            return null;
        }

        var handle = isNumbered ? Here - '0' : Here == '<' ? 0 : 1;
        _at += isNumbered ? 1 : 0;
        var symbol = Here.ToString();
        _at++;
        if (symbol == ">" && Here == '>')
        {
            symbol = ">>";
            _at++;
        }

        if (Here == '&')
        {
            _at += 2;
            return new BatchNode.Redirection(handle, symbol, "&" + _line[_at - 1]);
        }

        return new BatchNode.Redirection(handle, symbol, Token());
    }

    /// <summary>A word up to what parts words; quotes protect, and stay in it.</summary>
    private string Token()
    {
        SkipDelimiters();
        var text = new StringBuilder();
        for (var quoted = false; !IsAtEnd; _at++)
        {
            if (!quoted && (Delimiters.Contains(Here) || Here is '&' or '|' or '<' or '>' or '(' or ')'))
            {
                break;
            }

            if (!quoted && Here == '^')
            {
                _at++;
            }

            quoted ^= Here == '"';
            text.Append(Here);
        }

        return text.ToString();
    }

    private string Word()
    {
        var end = _at;
        while (end < _line.Length && char.IsAsciiLetter(_line[end]))
        {
            end++;
        }

        return _line[_at..end];
    }

    private void SkipDelimiters()
    {
        while (!IsAtEnd && (Delimiters.Contains(Here) || Here == '@'))
        {
            _at++;
        }
    }
}
