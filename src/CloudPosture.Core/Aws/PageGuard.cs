using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    private const int DeepestList = 2;
    private readonly HashSet<long> _contents = [];
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

    /// <summary>A digest of the lists that the answer holds at its top or one level below, tokens and counts left out; null where they are empty.</summary>
    private static long? ContentOf(AwsAnswer answer)
    {
        const int Empty = 2;
        MemoryMarshal.TryGetArray(answer.Json, out var json);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isEmpty = true;
        var reader = new Utf8JsonReader(json.AsSpan());
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth <= DeepestList)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var length = (int)reader.BytesConsumed - start;
                hash.AppendData(json.Array!, json.Offset + start, length);
                isEmpty &= length == Empty;
            }
        }

        return isEmpty ? null : BitConverter.ToInt64(hash.GetHashAndReset(), 0);
    }
}
