using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CloudPosture.Content.Yaml;

/// <summary>Refuses YAML that is nested deeper than a person writes: whoever builds a tree of it would run out of stack, which ends the process.</summary>
internal sealed class BoundedParser(IParser parser) : IParser
{
    private const int MostNested = 100;
    private int _depth;

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        _depth += parser.Current!.NestingIncrease;
        return _depth <= MostNested
            ? true
            : throw new YamlException(parser.Current.Start, parser.Current.End, $"it is nested more than {MostNested} deep.");
    }
}
