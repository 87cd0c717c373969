using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>A set of statements, by their place in a list.</summary>
internal readonly struct StatementBits : IEquatable<StatementBits>
{
    private const int WordBits = 64;
    private readonly ulong[] _words;

    public StatementBits(int count) => _words = new ulong[(count + WordBits - 1) / WordBits];

    private StatementBits(ulong[] words) => _words = words;

    public bool IsEmpty => Array.TrueForAll(_words, word => word == 0);

    public bool this[int place] => (_words[place / WordBits] & (1UL << (place % WordBits))) != 0;

    /// <summary>Adds a statement; only while the set is being built.</summary>
    public void Add(int place) => _words[place / WordBits] |= 1UL << (place % WordBits);

    public IEnumerable<int> Places()
    {
        for (var place = 0; place < _words.Length * WordBits; place++)
        {
            if (this[place])
            {
                yield return place;
            }
        }
    }

    public StatementBits Except(StatementBits other) => new(Combine(other, (own, its) => own & ~its));

    public bool Contains(StatementBits other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((other._words[i] & ~_words[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(StatementBits other) => Contains(other) && other.Contains(this);

    public override bool Equals(object? obj) => obj is StatementBits other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17UL;
        foreach (var word in _words)
        {
            hash = (hash * 1_000_003) ^ word ^ (word >> 32);
        }

        return unchecked((int)hash);
    }

    private ulong[] Combine(StatementBits other, Func<ulong, ulong, ulong> combine)
    {
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = combine(_words[i], other._words[i]);
        }

        return words;
    }
}
