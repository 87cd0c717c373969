using System;
using System.Buffers;
using System.Text.Json;

namespace CloudPosture.Json;

/// <summary>Bytes that grow in pooled memory. Not thread-safe.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Large = 1 << 16;
    private const int Huge = 1 << 19;

    // The shared pool keeps an array of each size for each thread, which for whole pages of AWS's answers adds up to more than all else.
    private static readonly ArrayPool<byte> LargeArrays = ArrayPool<byte>.Create(maxArrayLength: Huge, maxArraysPerBucket: 16);
    private static readonly ArrayPool<byte> HugeArrays = ArrayPool<byte>.Create(maxArrayLength: 1 << 22, maxArraysPerBucket: 4);

    private byte[] _bytes;

    public ByteBuffer(int capacity = 4096) => _bytes = Rent(capacity);

    public int Length { get; private set; }

    /// <summary>The array that holds the bytes; valid until the next write.</summary>
    public byte[] Array => _bytes;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Append(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Clear() => Length = 0;

    /// <summary>Drops bytes from the start and moves the rest there.</summary>
    public void Consume(int count)
    {
        Length -= count;
        Buffer.BlockCopy(_bytes, count, _bytes, 0, Length);
    }

    /// <summary>The bytes as JSON that outlives this buffer.</summary>
    public JsonElement ToJson()
    {
        var reader = new Utf8JsonReader(Written);
        return JsonElement.ParseValue(ref reader);
    }

    public void Dispose()
    {
        Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = Rent(Math.Max(needed, _bytes.Length * 2));
        Buffer.BlockCopy(_bytes, 0, larger, 0, Length);
        Return(_bytes);
        _bytes = larger;
    }

    private static byte[] Rent(int length) => PoolOf(length).Rent(length);

    private static void Return(byte[] array) => PoolOf(array.Length).Return(array);

    private static ArrayPool<byte> PoolOf(int length) =>
        length <= Large ? ArrayPool<byte>.Shared : length <= Huge ? LargeArrays : HugeArrays;
}
