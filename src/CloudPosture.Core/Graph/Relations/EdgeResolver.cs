using System;
using System.Collections.Generic;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Relations;

/// <summary>Finds what a value leads to: by ARN in whatever account, by id where the thing that names it is, and outside where nobody harvested it.</summary>
internal sealed class EdgeResolver(NodeTable nodes)
{
    private readonly Dictionary<(int Value, ushort Type, ushort Account, ushort Region), int> _outside = [];

    // Texts are written into while they are read, so that each value is taken from them once.
    private (int Number, string Text) _last = (-1, "");

    /// <summary>The edge from a node; null where the value names nothing of the choice's types.</summary>
    public EdgeEntry? Resolve(int from, RelationChoice choice, int value)
    {
        var text = _last.Number == value ? _last.Text : nodes.Texts.Get(value);
        _last = (value, text);
        for (var i = 0; i < choice.Types.Length; i++)
        {
            var found = choice.Relations[i].On is not null ? nodes.FindKey(choice.Types[i], value)
                : text.StartsWith("arn:", StringComparison.Ordinal) ? ByArn(text, choice.Types[i])
                : ById(from, choice.Types[i], value, text);
            if (found >= 0)
            {
                return new EdgeEntry { Other = found, Relation = choice.Names[i] };
            }
        }

        for (var i = 0; i < choice.Types.Length; i++)
        {
            if (choice.Relations[i].On is null && IdShapes.Fits(choice.Relations[i].To, text))
            {
                return new EdgeEntry { Other = Outside(from, choice.Types[i], choice.Relations[i].To, value, text), Relation = choice.Names[i] };
            }
        }

        return null;
    }

    private int ByArn(string arn, ushort type)
    {
        foreach (var candidate in Spellings(arn))
        {
            var node = nodes.FindArn(candidate);
            if (node >= 0 && nodes[node].Type == type)
            {
                return node;
            }
        }

        return -1;
    }

    /// <summary>An ARN, and what it is without the part that follows the resource itself: a version, a path, all of its streams.</summary>
    private static IEnumerable<string> Spellings(string arn)
    {
        yield return arn;
        if (arn.EndsWith(":*", StringComparison.Ordinal))
        {
            yield return arn.Substring(0, arn.Length - 2);
        }
        else
        {
            // arn:partition:lambda:region:account:function:name:version, and arn:partition:s3:::bucket/path.
            var colon = arn.LastIndexOf(':');
            if (arn.IndexOf(":function:", StringComparison.Ordinal) is var at and > 0 && colon > at + ":function:".Length)
            {
                yield return arn.Substring(0, colon);
            }

            if (arn.IndexOf(":s3:::", StringComparison.Ordinal) > 0 && arn.IndexOf('/') is var slash and > 0)
            {
                yield return arn.Substring(0, slash);
            }
        }
    }

    private int ById(int from, ushort type, int value, string text)
    {
        var (source, elsewhere) = (nodes[from], -1);
        foreach (var node in nodes.FindId(type, value))
        {
            var found = nodes[node];
            if (found.Account == source.Account && (found.Region == source.Region || IsGlobal(found.Region) || IsGlobal(source.Region)))
            {
                return node;
            }

            elsewhere = node;
        }

        return elsewhere >= 0 && IdShapes.IsGivenOnce(nodes.Types[type], text) ? elsewhere : -1;
    }

    private bool IsGlobal(ushort region) => nodes.Regions[region] == ResourceRegion.Global;

    private int Outside(int from, ushort type, string typeName, int value, string text)
    {
        var source = nodes[from];
        var isShared = text.StartsWith("arn:", StringComparison.Ordinal) || IdShapes.IsGivenOnce(typeName, text);
        var key = isShared ? (value, type, (ushort)0, (ushort)0) : (value, type, source.Account, source.Region);
        if (!_outside.TryGetValue(key, out var node))
        {
            _outside[key] = node = nodes.Add(OutsideNode(source, typeName, text, isShared));
        }

        return node;
    }

    private GraphNode OutsideNode(NodeEntry source, string type, string text, bool isShared)
    {
        var parts = text.StartsWith("arn:", StringComparison.Ordinal) ? text.Split(':') : null;
        if (parts is not { Length: >= 6 })
        {
            return new GraphNode
            {
                ResourceType = type,
                ResourceId = text,
                ResourceArn = null,
                ResourceName = text,
                // Whose an id is that AWS gives once, nobody said.
                AccountId = isShared ? "" : nodes.Accounts[source.Account],
                Region = nodes.Regions[source.Region],
                IsOutside = true,
            };
        }

        var id = parts[parts.Length - 1];
        id = id.Substring(id.LastIndexOf('/') + 1);
        return new GraphNode
        {
            ResourceType = type,
            ResourceId = id,
            ResourceArn = text,
            ResourceName = id,
            AccountId = parts[4],
            Region = parts[3].Length > 0 ? parts[3] : ResourceRegion.Global,
            IsOutside = true,
        };
    }
}
