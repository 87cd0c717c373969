using System;
using System.IO;
using CloudPosture.Json;

namespace CloudPosture.Lake.Storage;

/// <summary>Reads a stream line by line into one pooled buffer. Owns the stream.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private const int Chunk = 1 << 16;
    private readonly ByteBuffer _buffer = new(2 * Chunk);
    private int _start;

    /// <summary>False for the last line where the stream ends without a newline.</summary>
    public bool EndedWithNewline { get; private set; }

    /// <summary>True where nothing follows the last line given.</summary>
    public bool IsAtEnd => _start == _buffer.Length && !Fill();

    /// <summary>The next line without its newline, valid until the next call; null at the end.</summary>
    public ArraySegment<byte>? Next()
    {
        var searched = _start;
        while (true)
        {
            var newline = _buffer.Written.Slice(searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                EndedWithNewline = true;
                return Take(searched + newline, 1);
            }

            searched = _buffer.Length - _start;
            if (!Fill())
            {
                EndedWithNewline = false;
                return _start < _buffer.Length ? Take(_buffer.Length, 0) : (ArraySegment<byte>?)null;
            }
        }
    }

    public void Dispose()
    {
        _buffer.Dispose();
        stream.Dispose();
    }

    private ArraySegment<byte> Take(int end, int newline)
    {
        var line = new ArraySegment<byte>(_buffer.Array, _start, end - _start);
        _start = end + newline;
        return line;
    }

    private bool Fill()
    {
        _buffer.Consume(_start);
        _start = 0;
        _ = _buffer.GetSpan(Chunk);
        var read = stream.Read(_buffer.Array, _buffer.Length, Chunk);
        _buffer.Advance(read);
        return read > 0;
    }
}
