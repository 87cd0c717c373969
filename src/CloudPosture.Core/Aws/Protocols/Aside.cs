using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Aws.Protocols;

/// <summary>A list or map that is written beside its structure, because its items do not come in one piece.</summary>
internal sealed class Aside : IDisposable
{
    private readonly ByteBuffer _buffer = new(256);
    private readonly ShapeKind _kind;

    public Aside(JsonWriterOptions options, ShapeKind kind)
    {
        _kind = kind;
        Writer = new Utf8JsonWriter(_buffer, options);
        if (kind == ShapeKind.Map)
        {
            Writer.WriteStartObject();
        }
        else
        {
            Writer.WriteStartArray();
        }
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>The keys of a map so far.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the list or map and gives its JSON.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_kind == ShapeKind.Map)
        {
            Writer.WriteEndObject();
        }
        else
        {
            Writer.WriteEndArray();
        }

        Writer.Flush();
        return _buffer.Written;
    }

    public void Dispose()
    {
        Writer.Dispose();
        _buffer.Dispose();
    }
}
