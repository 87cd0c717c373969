using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Catalog;

/// <summary>A YAML mapping that is read key by key; what is left over at the end is an error.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public YamlMap(string file, YamlNode node)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw new CatalogException(file, node.Start.Line, "a mapping of keys to values was expected here.");
    }

    public IReadOnlyList<string> Keys => [.. _node.Children.Keys.Select(key => TextOf("key", key))];

    public CatalogException Error(string problem) => ErrorAt(_node, problem);

    public string Required(string key) => Text(key) ?? throw Error($"the key '{key}' is missing.");

    public string? Text(string key) => Find(key) is { } node ? TextOf(key, node) : null;

    public bool Flag(string key) => Text(key) switch
    {
        null => false,
        "true" => true,
        "false" => false,
        var other => throw ErrorAt(Find(key)!, $"'{key}' is '{other}'; it must be true or false."),
    };

    public double Number(string key) =>
        double.TryParse(Required(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw ErrorAt(Find(key)!, $"'{key}' must be a number above 0.");

    /// <summary>A value that some parser of ours understands.</summary>
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
            throw ErrorAt(Find(key)!, problem.Message);
        }
    }

    public T RequiredParsed<T>(string key, Func<string, T> parse)
        where T : class => Parsed(key, parse) ?? throw Error($"the key '{key}' is missing.");

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(item => TextOf(key, item))],
        var single => [TextOf(key, single)],
    };

    public YamlMap? Map(string key) => Find(key) is { } node ? new YamlMap(_file, node) : null;

    public IEnumerable<YamlMap> Maps(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Select(item => new YamlMap(_file, item)),
        var other => throw ErrorAt(other, $"'{key}' must be a list."),
    };

    /// <summary>All keys with plain values: text as templates, plain numbers and booleans as such.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values()
    {
        var values = new List<KeyValuePair<string, object>>();
        foreach (var child in _node.Children)
        {
            var key = TextOf("key", child.Key);
            _known.Add(key);
            values.Add(new(key, ValueOf(key, child.Value)));
        }

        return values;
    }

    /// <exception cref="CatalogException">There is a key that nothing asked for.</exception>
    public void RejectUnknownKeys()
    {
        foreach (var child in _node.Children)
        {
            var key = TextOf("key", child.Key);
            if (!_known.Contains(key))
            {
                throw ErrorAt(child.Key, $"'{key}' is not a key that is known here. Known are: {string.Join(", ", _known.OrderBy(name => name, StringComparer.Ordinal))}.");
            }
        }
    }

    private CatalogException ErrorAt(YamlNode node, string problem) => new(_file, node.Start.Line, problem);

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private string TextOf(string key, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw ErrorAt(node, $"'{key}' must be a text.");

    private object ValueOf(string key, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode:
                return new YamlMap(_file, node).Values();
            case YamlSequenceNode list:
                return list.Select(item => ValueOf(key, item)).ToArray();
        }

        var text = TextOf(key, node);
        if (((YamlScalarNode)node).Style == ScalarStyle.Plain)
        {
            if (text is "true" or "false")
            {
                return text == "true";
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        try
        {
            return Template.Parse(text);
        }
        catch (FormatException problem)
        {
            throw ErrorAt(node, problem.Message);
        }
    }
}
