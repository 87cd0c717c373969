using System.Collections.Generic;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Pack;

/// <summary>Writes YAML that was read as what it means, so that reading it again takes no parser. Each text stands in it once.</summary>
internal sealed class NodeWriter(BinaryWriter output)
{
    private readonly Dictionary<string, int> _texts = [];

    public void Write(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                output.Write((byte)NodeKind.Map);
                output.Write(map.Children.Count);
                foreach (var child in map.Children)
                {
                    Write(child.Key);
                    Write(child.Value);
                }

                break;
            case YamlSequenceNode list:
                output.Write((byte)NodeKind.List);
                output.Write(list.Children.Count);
                foreach (var child in list.Children)
                {
                    Write(child);
                }

                break;
            case YamlScalarNode scalar:
                output.Write((byte)(scalar.Style == ScalarStyle.Plain ? NodeKind.Plain : NodeKind.Text));
                WriteText(scalar.Value ?? "");
                break;
        }
    }

    private void WriteText(string text)
    {
        if (_texts.TryGetValue(text, out var number))
        {
            output.Write(number);
            return;
        }

        output.Write(_texts.Count);
        output.Write(text);
        _texts.Add(text, _texts.Count);
    }
}
