using System;
using System.Collections.Generic;
using System.Text;

namespace CloudPosture.Graph.Relations;

/// <summary>Texts as UTF-8, each once, known by a number from 0.</summary>
internal sealed class TextPool
{
    private const int BlockSize = 1 << 20;
    private const int FirstBuckets = 1 << 10;
    private readonly List<byte[]> _blocks = [];
    private readonly Pages<(int Block, int Start, int Length, uint Hash)> _texts = new();
    private byte[] _draft = new byte[256];
    private int[] _buckets = new int[FirstBuckets];
    private int _free = BlockSize;

    /// <summary>How many there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of a text, which is taken in where it is new.</summary>
    public int Add(string text)
    {
        var length = Encode(text);
        var hash = Hash(_draft, length);
        var bucket = BucketOf(length, hash);
        if (_buckets[bucket] > 0)
        {
            return _buckets[bucket] - 1;
        }

        if (length > BlockSize - _free)
        {
            _blocks.Add(new byte[Math.Max(BlockSize, length)]);
            _free = 0;
        }

        Buffer.BlockCopy(_draft, 0, _blocks[_blocks.Count - 1], _free, length);
        _texts.Add((_blocks.Count - 1, _free, length, hash));
        _free = length > BlockSize ? BlockSize : _free + length;
        _buckets[bucket] = _texts.Count;
        if (_texts.Count * 3 > _buckets.Length * 2)
        {
            Grow();
        }

        return _texts.Count - 1;
    }

    /// <summary>The number of a text; -1 where it was never taken in.</summary>
    public int Find(string text)
    {
        var length = Encode(text);
        return _buckets[BucketOf(length, Hash(_draft, length))] - 1;
    }

    /// <summary>The text of a number.</summary>
    public string Get(int number)
    {
        var (block, start, length, _) = _texts[number];
        return Encoding.UTF8.GetString(_blocks[block], start, length);
    }

    private int Encode(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _draft.Length)
        {
            _draft = new byte[most * 2];
        }

        return Encoding.UTF8.GetBytes(text, 0, text.Length, _draft, 0);
    }

    /// <summary>Where the draft's text is, or would be.</summary>
    private int BucketOf(int length, uint hash)
    {
        var mask = _buckets.Length - 1;
        var bucket = (int)hash & mask;
        while (_buckets[bucket] > 0 && !IsDraft(_buckets[bucket] - 1, length, hash))
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }

    private bool IsDraft(int number, int length, uint hash)
    {
        var text = _texts[number];
        return text.Hash == hash && text.Length == length && new ReadOnlySpan<byte>(_blocks[text.Block], text.Start, length).SequenceEqual(new ReadOnlySpan<byte>(_draft, 0, length));
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        var mask = _buckets.Length - 1;
        for (var number = 0; number < _texts.Count; number++)
        {
            var bucket = (int)_texts[number].Hash & mask;
            while (_buckets[bucket] > 0)
            {
                bucket = (bucket + 1) & mask;
            }

            _buckets[bucket] = number + 1;
        }
    }

    private static uint Hash(byte[] bytes, int length)
    {
        // FNV-1a, with its bits mixed once more: ids differ at their ends.
        var hash = 2166136261u;
        for (var i = 0; i < length; i++)
        {
            hash = (hash ^ bytes[i]) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ (hash >> 13);
    }
}
