using System;
using System.Text;
using System.Text.Json;

namespace CloudPosture.Lake.Storage;

/// <summary>Gives the same string for the same text that comes again soon, so that repeated fields cost no memory. Not thread-safe.</summary>
internal sealed class StringPool
{
    private const int Size = 1024;
    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Size];

    /// <summary>The reader's current string.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence)
        {
            return reader.GetString()!;
        }

        var bytes = reader.ValueSpan;
        ref var slot = ref _slots[Hash(bytes) & (Size - 1)];
        if (slot.Bytes is null || !bytes.SequenceEqual(slot.Bytes))
        {
            var copy = bytes.ToArray();
            slot = (copy, Encoding.UTF8.GetString(copy));
        }

        return slot.Text;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}
