using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A call's input: JSON whose texts may be templates.</summary>
internal sealed class InputTemplate
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;
    private readonly Node _root;
    private readonly JsonElement? _constant;

    private InputTemplate(Node root)
    {
        _root = root;
        _constant = root.IsConstant ? Write(root, [], null) : null;
    }

    /// <summary>The whole input, where it has no holes.</summary>
    public JsonElement? Constant => _constant;

    public static InputTemplate Empty { get; } = new(new Node(Members: []));

    /// <summary>The members it gives.</summary>
    public IEnumerable<string> Names => _root.Members!.Select(member => member.Key);

    /// <summary>The members without holes.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Constants() => _root.Members!
        .Where(member => member.Value.IsConstant)
        .Select(member => new KeyValuePair<string, JsonElement>(member.Key, Write(new Node(Members: [member]), [], null).GetProperty(member.Key)));

    /// <summary>What its holes are filled from.</summary>
    public IEnumerable<JsonPath> Paths => PathsIn(_root);

    /// <summary>Builds one from plain values: dictionaries, lists, <see cref="Template"/> for text, numbers and booleans.</summary>
    public static InputTemplate From(IReadOnlyList<KeyValuePair<string, object>> members) => new(NodeOf(members));

    /// <summary>The input, filled from the scope.</summary>
    /// <param name="scope">What the holes are filled from.</param>
    /// <param name="extra">One more member.</param>
    public JsonElement Fill(ITemplateScope scope, ExtraInput? extra = null) =>
        extra is null && _constant is { } constant ? constant : Write(_root, [scope], extra);

    /// <summary>The text within the one list that holds an id; null where there is no such list, or more than one.</summary>
    public Template? ListOfIds => field ??= Single(_root.Members!.Select(member => member.Value)
        .Where(IsListOfIds)
        .Select(list => list.Elements![0].Text!).ToList());

    /// <summary>The input for several items: the list of ids holds that of each, the rest is as for the first.</summary>
    public JsonElement Fill(IReadOnlyList<ITemplateScope> scopes) => Write(_root, scopes, null);

    private static Template? Single(List<Template> lists) => lists.Count == 1 ? lists[0] : null;

    private static bool IsListOfIds(Node node) => node.Elements is [{ Text: { IsConstant: false } }];

    private static JsonElement Write(Node root, IReadOnlyList<ITemplateScope> scopes, ExtraInput? extra)
    {
        if (root.Members!.Count == 0 && extra is null)
        {
            return EmptyObject;
        }

        using var buffer = new ByteBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMembers(json, root, scopes);
            extra?.Write(json);

            json.WriteEndObject();
        }

        return buffer.ToJson();
    }

    private static void WriteMembers(Utf8JsonWriter json, Node node, IReadOnlyList<ITemplateScope> scopes)
    {
        foreach (var member in node.Members!)
        {
            json.WritePropertyName(member.Key);
            Write(json, member.Value, scopes);
        }
    }

    private static void Write(Utf8JsonWriter json, Node node, IReadOnlyList<ITemplateScope> scopes)
    {
        if (node.Members is not null)
        {
            json.WriteStartObject();
            WriteMembers(json, node, scopes);
            json.WriteEndObject();
        }
        else if (node.Elements is not null)
        {
            json.WriteStartArray();
            foreach (var element in node.Elements)
            {
                Write(json, element, scopes);
            }

            if (IsListOfIds(node))
            {
                foreach (var other in scopes.Skip(1))
                {
                    json.WriteStringValue(node.Elements[0].Text!.Render(other));
                }
            }

            json.WriteEndArray();
        }
        else if (node.Text is not null)
        {
            json.WriteStringValue(node.Text.Render(scopes.FirstOrDefault()!));
        }
        else
        {
            json.WriteRawValue(node.Raw!);
        }
    }

    private static IEnumerable<JsonPath> PathsIn(Node node) => (node.Text?.Paths ?? [])
        .Concat(node.Members?.SelectMany(member => PathsIn(member.Value)) ?? [])
        .Concat(node.Elements?.SelectMany(PathsIn) ?? []);

    private static Node NodeOf(object value) => value switch
    {
        IEnumerable<KeyValuePair<string, object>> members => new Node(Members: [.. members.Select(member => new KeyValuePair<string, Node>(member.Key, NodeOf(member.Value)))]),
        IEnumerable<object> elements => new Node(Elements: [.. elements.Select(NodeOf)]),
        Template text => new Node(Text: text),
        bool flag => new Node(Raw: flag ? "true" : "false"),
        long number => new Node(Raw: FormattableString.Invariant($"{number}")),
        _ => throw new ArgumentException($"An input cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    private sealed record Node(
        IReadOnlyList<KeyValuePair<string, Node>>? Members = null,
        IReadOnlyList<Node>? Elements = null,
        Template? Text = null,
        string? Raw = null)
    {
        public bool IsConstant => (Members?.All(member => member.Value.IsConstant) ?? true)
            && (Elements?.All(element => element.IsConstant) ?? true)
            && (Text?.IsConstant ?? true);
    }
}
