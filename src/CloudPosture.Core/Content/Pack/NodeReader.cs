using System.Collections.Generic;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Pack;

/// <summary>Reads what <see cref="NodeWriter"/> wrote.</summary>
internal sealed class NodeReader(BinaryReader input)
{
    private readonly List<string> _texts = [];

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public YamlNode Read() => (NodeKind)input.ReadByte() switch
    {
        NodeKind.Map => ReadMap(),
        NodeKind.List => ReadList(),
        NodeKind.Plain => new YamlScalarNode(ReadText()) { Style = ScalarStyle.Plain },
        NodeKind.Text => new YamlScalarNode(ReadText()) { Style = ScalarStyle.DoubleQuoted },
        _ => throw new InvalidDataException("The content of the module is damaged."),
    };

    private YamlMappingNode ReadMap()
    {
        var map = new YamlMappingNode();
        for (var left = input.ReadInt32(); left > 0; left--)
        {
            map.Add(Read(), Read());
        }

        return map;
    }

    private YamlSequenceNode ReadList()
    {
        var list = new YamlSequenceNode();
        for (var left = input.ReadInt32(); left > 0; left--)
        {
            list.Add(Read());
        }

        return list;
    }

    private string ReadText()
    {
        var number = input.ReadInt32();
        if (number == _texts.Count)
        {
            _texts.Add(input.ReadString());
        }

        return number < _texts.Count ? _texts[number] : throw new InvalidDataException("The content of the module is damaged.");
    }
}
