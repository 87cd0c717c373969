using System.Collections.Generic;

namespace CloudPosture.Graph.Relations;

/// <summary>The nodes of a graph, found by ARN, or by type and id.</summary>
internal sealed class NodeTable
{
    private const int ArnColons = 5;
    private readonly Dictionary<(int Start, int End), int> _byArn = [];
    private readonly Dictionary<(ushort Type, int Id), int> _byId = [];
    private readonly Dictionary<(ushort Type, int Key), int> _byKey = [];
    private readonly Pages<NodeEntry> _nodes = new();

    public TextPool Texts { get; } = new();

    public NumberedTexts Types { get; } = new();

    public NumberedTexts Accounts { get; } = new();

    public NumberedTexts Regions { get; } = new();

    public int Count => _nodes.Count;

    public NodeEntry this[int node] => _nodes[node];

    /// <summary>Adds a node; one that is there already by its ARN is given again.</summary>
    public int Add(GraphNode node)
    {
        var arn = node.ResourceArn;
        var (start, end) = arn is null ? ("", "") : Split(arn);
        var entry = new NodeEntry
        {
            Id = Texts.Add(node.ResourceId),
            Name = Texts.Add(node.ResourceName),
            ArnStart = arn is null ? -1 : Texts.Add(start),
            ArnEnd = arn is null ? -1 : Texts.Add(end),
            Type = Types.Add(node.ResourceType),
            Account = Accounts.Add(node.AccountId),
            Region = Regions.Add(node.Region),
            IsOutside = node.IsOutside,
            NextOfId = -1,
        };
        if (arn is not null && _byArn.TryGetValue((entry.ArnStart, entry.ArnEnd), out var known) && _nodes[known].Type == entry.Type && _nodes[known].Region == entry.Region)
        {
            return known;
        }

        var number = _nodes.Count;
        entry.NextOfId = _byId.TryGetValue((entry.Type, entry.Id), out var other) ? other : -1;
        _byId[(entry.Type, entry.Id)] = number;
        if (arn is not null && !_byArn.ContainsKey((entry.ArnStart, entry.ArnEnd)))
        {
            _byArn[(entry.ArnStart, entry.ArnEnd)] = number;
        }

        _nodes.Add(entry);
        return number;
    }

    /// <summary>Lets a node be found by another text too.</summary>
    public void AddKey(int node, string key) => _byKey[(_nodes[node].Type, Texts.Add(key))] = node;

    /// <summary>The node of a type with such a text; -1 where there is none.</summary>
    public int FindKey(ushort type, int key) => _byKey.TryGetValue((type, key), out var node) ? node : -1;

    /// <summary>The node of an ARN; -1 where there is none.</summary>
    public int FindArn(string arn)
    {
        var (start, end) = Split(arn);
        var (startText, endText) = (Texts.Find(start), Texts.Find(end));
        return startText >= 0 && endText >= 0 && _byArn.TryGetValue((startText, endText), out var node) ? node : -1;
    }

    /// <summary>The nodes of a type with an id.</summary>
    public IEnumerable<int> FindId(ushort type, int id)
    {
        var node = _byId.TryGetValue((type, id), out var last) ? last : -1;
        while (node >= 0)
        {
            yield return node;
            node = _nodes[node].NextOfId;
        }
    }

    public string? ArnOf(int node)
    {
        var entry = _nodes[node];
        return entry.ArnStart < 0 ? null : Texts.Get(entry.ArnStart) + Texts.Get(entry.ArnEnd);
    }

    private static (string Start, string End) Split(string arn)
    {
        var at = -1;
        for (var colon = 0; colon < ArnColons; colon++)
        {
            var next = arn.IndexOf(':', at + 1);
            if (next < 0)
            {
                break;
            }

            at = next;
        }

        return (arn.Substring(0, at + 1), arn.Substring(at + 1));
    }
}
