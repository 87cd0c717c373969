using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Relations;

/// <summary>Makes a graph of resources as they stream by: what they are, and the values by which they lead to others, which are looked up at the end.</summary>
internal sealed class GraphBuilder
{
    private const string HasFinding = "hasFinding";
    private readonly NodeTable _nodes = new();
    private readonly NumberedTexts _names = new();
    private readonly Dictionary<string, RelationChoice[]> _choices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonPath[]> _keys;
    private readonly List<RelationChoice> _allChoices = [];
    private readonly Dictionary<RelationChoice, ushort> _numbers = [];
    private readonly Pages<(int From, ushort Choice, int Value)> _pending = new();
    private readonly HashSet<string> _findings;
    private readonly List<(int From, int To)> _found = [];

    public GraphBuilder(IEnumerable<ResourceEntry> types)
    {
        var entries = types.ToList();
        _findings = new(entries.Where(entry => entry.Finding is not null).Select(entry => entry.Type), StringComparer.Ordinal);
        _keys = entries.SelectMany(entry => entry.Relations)
            .Where(relation => relation.On is not null)
            .GroupBy(relation => relation.To, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.GroupBy(relation => relation.On!.Text).Select(path => path.First().On!).ToArray(), StringComparer.Ordinal);
        foreach (var type in entries.GroupBy(type => type.Type, StringComparer.Ordinal))
        {
            _choices[type.Key] =
            [
                .. type.SelectMany(entry => entry.Relations)
                    .GroupBy(relation => (relation.By.Text, relation.Form, relation.On?.Text))
                    .Select(same => same.GroupBy(relation => (relation.Name, relation.To)).Select(twice => twice.First()).ToList())
                    .Select(Choice),
            ];
        }
    }

    /// <summary>Adds a resource.</summary>
    public void Add(Resource resource)
    {
        // What other detectors found is no resource, and is added as a finding.
        if (_findings.Contains(resource.Type))
        {
            return;
        }

        var before = _nodes.Count;
        var node = _nodes.Add(NodeOf(resource));
        if (node < before)
        {
            // Two lists of a service may hold the same thing; edges stand in the order of their nodes.
            return;
        }

        foreach (var choice in _choices.TryGetValue(resource.Type, out var choices) ? choices : [])
        {
            foreach (var value in choice.By.FindAll(resource.Configuration))
            {
                foreach (var text in value.ValueKind == JsonValueKind.String ? RelationValue.Of(value.GetString()!, choice.Relations[0]) : [])
                {
                    _pending.Add((node, _numbers[choice], _nodes.Texts.Add(text)));
                }
            }
        }

        AddKeys(resource, node);
    }

    /// <summary>Adds what another detector found of a resource, once all resources were added.</summary>
    public void Add(Finding finding)
    {
        var thing = _nodes.FindArn(finding.ResourceArn) is var known and >= 0 ? known
            : _nodes.Add(ThingOf(finding));
        _found.Add((thing, _nodes.Add(NodeOf(finding))));
    }

    private static GraphNode NodeOf(Resource resource) => new()
    {
        ResourceType = resource.Type,
        ResourceId = resource.Id,
        ResourceArn = resource.Arn,
        ResourceName = resource.Name,
        AccountId = resource.AccountId,
        Region = resource.Region,
        IsOutside = false,
    };

    private static GraphNode NodeOf(Finding finding)
    {
        var id = finding.NativeId ?? finding.FindingId;
        return new GraphNode
        {
            ResourceType = $"AWS::{finding.Provider}::Finding",
            ResourceId = id,
            ResourceArn = id.StartsWith("arn:", StringComparison.Ordinal) ? id : null,
            ResourceName = finding.Title,
            AccountId = finding.AccountId,
            Region = finding.Region,
            IsOutside = false,
        };
    }

    /// <summary>What a finding is about, where nobody harvested it.</summary>
    private static GraphNode ThingOf(Finding finding) => new()
    {
        ResourceType = finding.ResourceType,
        ResourceId = finding.ResourceId,
        ResourceArn = finding.ResourceArn,
        ResourceName = finding.ResourceName,
        AccountId = finding.AccountId,
        Region = finding.Region,
        IsOutside = true,
    };

    /// <summary>The graph, once all resources were added. What they lead to and nobody harvested stands outside.</summary>
    public PostureGraph Build()
    {
        var inside = _nodes.Count;
        var resolver = new EdgeResolver(_nodes);
        var outgoing = new Pages<EdgeEntry>();
        var starts = new int[inside + 1];
        var found = new Queue<(int From, int To)>(_found.Distinct().OrderBy(pair => pair.From).ThenBy(pair => pair.To));
        var hasFinding = _names.Add(HasFinding);
        var (at, seen) = (0, new HashSet<(int, ushort)>());
        for (var i = 0; i < _pending.Count; i++)
        {
            var (from, choice, value) = _pending[i];
            BeginUntil(from);

            if (resolver.Resolve(from, _allChoices[choice], value) is { } edge && seen.Add((edge.Other, edge.Relation)))
            {
                outgoing.Add(edge);
            }
        }

        BeginUntil(inside);
        _pending.Clear();
        return new PostureGraph(_nodes, _names, starts, outgoing);

        // What was found of a node stands after its other edges.
        void BeginUntil(int node)
        {
            for (; at <= node; at++)
            {
                while (found.Count > 0 && found.Peek().From < at)
                {
                    outgoing.Add(new EdgeEntry { Other = found.Dequeue().To, Relation = hasFinding });
                }

                starts[at] = outgoing.Count;
                seen.Clear();
            }
        }
    }

    /// <summary>Notes the values by which others may name a resource, besides its id and its ARN.</summary>
    private void AddKeys(Resource resource, int node)
    {
        foreach (var path in _keys.TryGetValue(resource.Type, out var keys) ? keys : [])
        {
            foreach (var value in path.FindAll(resource.Configuration).Where(value => value.ValueKind == JsonValueKind.String))
            {
                _nodes.AddKey(node, RelationValue.Domain(value.GetString()!));
            }
        }
    }

    private RelationChoice Choice(List<RelationEntry> relations)
    {
        var choice = new RelationChoice(
            relations[0].By, relations, [.. relations.Select(relation => _names.Add(relation.Name))], [.. relations.Select(relation => _nodes.Types.Add(relation.To))]);
        _numbers[choice] = checked((ushort)_allChoices.Count);
        _allChoices.Add(choice);
        return choice;
    }
}
