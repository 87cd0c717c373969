using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Json;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Yaml;

/// <summary>A YAML mapping that is read key by key; a key that nothing asked for is an error.</summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly YamlNode _place;
    private readonly string _file;
    private readonly string? _subject;
    private readonly SchemaNode? _schema;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Wraps a node.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="node">A mapping.</param>
    /// <param name="subject">What the mapping belongs to (<c>rule S3.BucketMfaDelete</c>), for errors.</param>
    /// <param name="schema">Takes note of what is asked; null for nobody.</param>
    public YamlMap(string file, YamlNode node, string? subject, SchemaNode? schema = null)
        : this(file, node, subject, node, schema)
    {
    }

    private YamlMap(string file, YamlNode node, string? subject, YamlNode place, SchemaNode? schema)
    {
        _schema = schema;
        _file = file;
        _place = place;
        _subject = subject;
        _node = node as YamlMappingNode ?? throw new ContentException(file, YamlPlace.LineOf(node), subject, "keys and values were expected here, as in 'id: S3.MyRule'.");
    }

    public string File => _file;

    public YamlNode Root => _node;

    /// <summary>The line where the mapping begins, from 1.</summary>
    public long Line => YamlPlace.LineOf(_place);

    public IEnumerable<string> Keys => _node.Children.Keys.Select(key => TextOf("key", key));

    /// <summary>The keys of a mapping whose user chooses them.</summary>
    public IReadOnlyList<string> OwnKeys()
    {
        _schema?.Open();
        return [.. Keys];
    }

    /// <summary>The same mapping, its errors naming a subject.</summary>
    public YamlMap About(string subject) => new(_file, _node, subject, _schema);

    /// <summary>Makes keys known to the schema that are read only where they are there.</summary>
    public void Declare(IEnumerable<string> keys)
    {
        if (_schema is not null)
        {
            foreach (var key in keys)
            {
                _schema.Member(key);
            }
        }
    }

    /// <summary>The same mapping, as one of the forms that may stand within themselves.</summary>
    public YamlMap As(string form) => _schema is null ? this : new(_file, _node, _subject, _place, _schema.As(form));

    /// <summary>The mapping that a node is, read as a part of this file.</summary>
    public YamlMap At(YamlNode node, string? key = null) => new(_file, node, _subject, key is null ? _schema : _schema?.Member(key).Map);

    /// <summary>The mapping's node without one of its keys.</summary>
    public YamlMappingNode Without(string key) => YamlPlace.From(new YamlMappingNode(_node.Children.Where(child => ((YamlScalarNode)child.Key).Value != key)), _node);

    public ContentException Error(string problem) => ErrorAt(_place, problem);

    public ContentException ErrorAt(YamlNode node, string problem) => new(_file, YamlPlace.LineOf(node), _subject, problem);

    /// <summary>Every key with its node; all of them count as known.</summary>
    public IReadOnlyList<KeyValuePair<string, YamlNode>> Entries()
    {
        _schema?.Open();
        var entries = _node.Children.Select(child => new KeyValuePair<string, YamlNode>(TextOf("key", child.Key), child.Value)).ToList();
        _known.UnionWith(entries.Select(entry => entry.Key));
        return entries;
    }

    public bool Has(string key) => _node.Children.ContainsKey(new YamlScalarNode(key));

    public YamlNode? Node(string key)
    {
        _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    public YamlNode RequiredNode(string key)
    {
        _schema?.Member(key).Require();
        return Node(key) ?? throw Missing(key);
    }

    public string? Text(string key)
    {
        _schema?.Member(key).Text();
        return Node(key) is { } node ? TextOf(key, node) : null;
    }

    public string Required(string key) => RequiredText(key) is { Length: > 0 } text ? text : throw Missing(key);

    private string? RequiredText(string key)
    {
        _schema?.Member(key).Require();
        return Text(key);
    }

    public bool Flag(string key) => Choice(key, false, ("true", true), ("false", false));

    public double Number(string key) => NumberText(key) is { } text && FiniteNumber.TryParse(text, out var number)
        ? number
        : throw ErrorAt(Node(key) ?? _place, $"'{key}' must be a number, and none beyond {double.MaxValue.ToString("0E+0", CultureInfo.InvariantCulture)}.");

    private string? NumberText(string key)
    {
        _schema?.Member(key).Number();
        return Text(key);
    }

    public double PositiveNumber(string key) => Number(key) is > 0 and var number ? number : throw ErrorAt(Node(key)!, $"'{key}' must be a number above 0.");

    /// <summary>A value that some parser of ours understands; null where the key is not there.</summary>
    public T? Parsed<T>(string key, Func<string, T> parse)
        where T : class
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        try
        {
            return parse(text);
        }
        catch (FormatException problem)
        {
            throw ErrorAt(Node(key)!, problem.Message);
        }
    }

    public T RequiredParsed<T>(string key, Func<string, T> parse)
        where T : class => Parsed(key, parse) ?? throw Missing(key);

    public DateTimeOffset? Date(string key) => Text(key) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : throw ErrorAt(Node(key)!, $"'{key}' must be a date such as 2026-12-31.");

    public T Choice<T>(string key, T absent, params (string Name, T Value)[] choices)
    {
        _schema?.Member(key).Choice([.. choices.Select(choice => choice.Name)]);
        if (Text(key) is not { } text)
        {
            return absent;
        }

        foreach (var (name, value) in choices)
        {
            if (name == text)
            {
                return value;
            }
        }

        throw ErrorAt(Node(key)!, $"'{key}' is '{text}'; it must be one of: {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        _schema?.Member(key).Texts();
        return Node(key) switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Select(item => TextOf(key, item))],
            var single => [TextOf(key, single)],
        };
    }

    public bool IsMap(string key) => _node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlMappingNode;

    public YamlMap? Map(string key) => Node(key) is { } node ? new YamlMap(_file, node, _subject, _schema?.Member(key).Map) : null;

    /// <summary>The mapping under a key; an empty one in this place where there is none.</summary>
    public YamlMap MapOrEmpty(string key) => Map(key) ?? new(_file, new YamlMappingNode(), _subject, _place, _schema?.Member(key).Map);

    public IReadOnlyList<YamlMap> Maps(string key)
    {
        var items = _schema?.Member(key).Items;
        return Node(key) switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Select(item => new YamlMap(_file, item, _subject, items))],
            var other => throw ErrorAt(other, $"'{key}' must be a list."),
        };
    }

    public string TextOf(string key, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw ErrorAt(node, $"'{key}' must be a text.");

    /// <exception cref="ContentException">There is a key that nothing asked for.</exception>
    public void RejectUnknownKeys()
    {
        foreach (var key in _node.Children.Keys)
        {
            if (!_known.Contains(TextOf("key", key)))
            {
                throw ErrorAt(key, $"the key '{key}' is not known here. Allowed are: {string.Join(", ", _known.OrderBy(name => name, StringComparer.Ordinal))}.");
            }
        }
    }

    private ContentException Missing(string key) => Error($"the key '{key}' is missing or empty.");
}
