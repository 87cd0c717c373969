using System;
using System.Collections.Generic;

namespace CloudPosture.Graph.Relations;

/// <summary>A few texts that many things share, known by a number.</summary>
internal sealed class NumberedTexts
{
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public string this[ushort number] => _texts[number];

    public ushort Add(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers[text] = number = checked((ushort)_texts.Count);
            _texts.Add(text);
        }

        return number;
    }

    public ushort? Find(string text) => _numbers.TryGetValue(text, out var number) ? number : null;
}
