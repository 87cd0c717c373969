using System.Collections.Generic;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CloudPosture.Content.Yaml;

/// <summary>
/// Refuses YAML that no person writes and whoever walks through it cannot bear: nested so deep that the stack ends, an alias within
/// what it stands for, which is endless, and aliases of aliases that stand for more than memory or a life can hold.
/// </summary>
internal sealed class BoundedParser(IParser parser) : IParser
{
    private const int MostNested = 100;
    private const long MostRepeated = 100_000;
    private readonly Stack<(AnchorName Anchor, long Before)> _open = new();
    private readonly Dictionary<AnchorName, long> _sizes = [];
    private long _nodes;
    private long _repeated;

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        switch (parser.Current)
        {
            case Scalar scalar:
                _nodes++;
                Know(scalar.Anchor, 1);
                break;
            case SequenceStart or MappingStart:
                Open(((NodeEvent)parser.Current).Anchor);
                break;
            case SequenceEnd or MappingEnd:
                var (anchor, before) = _open.Pop();
                Know(anchor, _nodes - before);
                break;
            case AnchorAlias alias:
                Repeat(alias);
                break;
        }

        return true;
    }

    private void Open(AnchorName anchor)
    {
        _open.Push((anchor, _nodes++));
        if (_open.Count > MostNested)
        {
            throw Refusal($"it is nested more than {MostNested} deep.");
        }

        if (!anchor.IsEmpty)
        {
            _sizes.Remove(anchor);
        }
    }

    private void Know(AnchorName anchor, long size)
    {
        if (!anchor.IsEmpty)
        {
            _sizes[anchor] = size;
        }
    }

    private void Repeat(AnchorAlias alias)
    {
        if (!_sizes.TryGetValue(alias.Value, out var size))
        {
            throw Refusal($"the alias *{alias.Value} stands for nothing that ends before it.");
        }

        _nodes += size;
        _repeated += size;
        if (_repeated > MostRepeated)
        {
            throw Refusal($"its aliases stand for more than {MostRepeated} values.");
        }
    }

    private YamlException Refusal(string why) => new(parser.Current!.Start, parser.Current.End, why);
}
