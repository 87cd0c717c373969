using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws;

/// <summary>
/// Follows the pages of one list and notices when they never end, be their tokens fresh or not: a position that comes again, pages
/// in a row whose lists earlier pages held already, or empty pages without end. AWS gives empty pages now and then, and a list that
/// changes meanwhile may show an item twice: so neither is a fault before it happens several times in a row.
/// </summary>
internal sealed class PageGuard(OperationModel operation)
{
    private const int MostRepeated = 3;
    private const int MostEmpty = 1_000;
    private const int MostPages = 20_000;
    private const int Small = 2048;
    private readonly HashSet<ulong> _contents = [];
    private string? _remembered;
    private int _pages;
    private int _rememberAt = 1;
    private int _repeated;
    private int _empty;

    /// <summary>Looks at a page before its items are used.</summary>
    /// <returns>False where an earlier page held the same, so that its items are there already.</returns>
    public bool IsNew(AwsAnswer answer)
    {
        // Most lists end with their first page, which is not worth remembering: Next does if there is another.
        if (_pages == 0)
        {
            return true;
        }

        if (ContentOf(answer) is not { } content)
        {
            _empty++;
            return true;
        }

        _empty = 0;
        _repeated = _contents.Add(content) ? 0 : _repeated + 1;
        return _repeated == 0;
    }

    /// <summary>The input of the next page.</summary>
    /// <param name="input">The input that gave the page.</param>
    /// <param name="answer">The page.</param>
    /// <param name="position">The part of it that tells where the next one is; null for all of it.</param>
    /// <returns>Null after the last page.</returns>
    /// <exception cref="AwsServiceException">The pages never end.</exception>
    public JsonElement? Next(JsonElement input, AwsAnswer answer, JsonElement? position = null)
    {
        if (Pager.NextInput(operation, input, position ?? answer.Root) is not { } next)
        {
            return null;
        }

        if (_pages == 0 && ContentOf(answer) is { } first)
        {
            _contents.Add(first);
        }

        // Brent's algorithm finds any circle of positions in constant memory.
        var token = next.GetRawText();
        if (token == _remembered || _repeated == MostRepeated || _empty == MostEmpty || ++_pages > MostPages)
        {
            throw new AwsServiceException($"The pages of {operation.Service.Name}:{operation.Name} never end; what they held so far is kept.")
            {
                Kind = AwsErrorKind.Other,
                Code = "EndlessPages",
                Service = operation.Service.Name,
                Operation = operation.Name,
            };
        }

        if (_pages == _rememberAt)
        {
            _remembered = token;
            _rememberAt *= 2;
        }

        return next;
    }

    /// <summary>
    /// A digest of what stands between the first bracket and the last, which is the lists: tokens and counts stand before or after
    /// them. Null where the lists are empty. It costs a fraction of what decoding the page did.
    /// </summary>
    private static ulong? ContentOf(AwsAnswer answer)
    {
        var json = answer.Json.Span;
        var start = json.IndexOf((byte)'[');
        if (start < 0 || (json.Length < Small && HasNoItem(json)))
        {
            return null;
        }

        var lists = json.Slice(start, json.LastIndexOf((byte)']') + 1 - start);
        var digest = (ulong)lists.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(lists))
        {
            digest = Mix(digest, word);
        }

        foreach (var rest in lists.Slice(lists.Length / sizeof(ulong) * sizeof(ulong)))
        {
            digest = Mix(digest, rest);
        }

        return digest;
    }

    private static ulong Mix(ulong digest, ulong word)
    {
        var mixed = unchecked((digest ^ word) * 0x9E3779B97F4A7C15);
        return mixed ^ (mixed >> 32);
    }

    private static bool HasNoItem(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                return false;
            }
        }

        return true;
    }
}
