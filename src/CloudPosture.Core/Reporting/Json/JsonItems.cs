using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CloudPosture.Json;

namespace CloudPosture.Reporting.Json;

/// <summary>
/// Writes JSON value by value, one a line, so that a list of a million takes no memory. Marks that a page, a terminal or a pipeline's log
/// would act upon are escaped: who parses the JSON gets them back. Does not own the stream.
/// </summary>
internal sealed class JsonItems : IDisposable
{
    private const int FlushAt = 1 << 16;
    private readonly Stream _stream;
    private readonly ByteBuffer _buffer = new(2 * FlushAt);
    private readonly Utf8JsonWriter _json;
    private bool _isFirst = true;

    public JsonItems(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    public static JsonWriterOptions Options { get; } = new() { Encoder = HarmlessEncoder(), SkipValidation = true };

    /// <summary>Writes what is JSON already, as it is.</summary>
    public void Raw(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        bytes.AsSpan().CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
    }

    /// <summary>Begins a list; its items follow.</summary>
    public void Open(string json)
    {
        Raw(json);
        _isFirst = true;
    }

    /// <summary>Writes an item of the list, on a line of its own.</summary>
    public void Item(Action<Utf8JsonWriter> write)
    {
        Raw(_isFirst ? "\n" : ",\n");
        _isFirst = false;
        Value(write);
    }

    /// <summary>Writes a value where it stands.</summary>
    public void Value(Action<Utf8JsonWriter> write)
    {
        _json.Reset();
        write(_json);
        _json.Flush();
        if (_buffer.Length >= FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _stream.Write(_buffer.Array, 0, _buffer.Length);
        _buffer.Clear();
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    private static JavaScriptEncoder HarmlessEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters('#', '\u061C', '\u200E', '\u200F', '\uFEFF');
        settings.ForbidRange(UnicodeRange.Create('\u202A', '\u202E'));
        settings.ForbidRange(UnicodeRange.Create('\u2066', '\u2069'));
        return JavaScriptEncoder.Create(settings);
    }
}
