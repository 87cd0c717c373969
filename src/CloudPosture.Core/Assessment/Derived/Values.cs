using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived;

/// <summary>The texts that a path leads to, through lists (<c>SecurityGroups[].GroupId</c>).</summary>
internal sealed class Values
{
    private readonly JsonPath _path;
    private readonly FieldReference _head;

    private Values(string text)
    {
        _path = JsonPath.Parse(text);
        _head = FieldReference.Parse(_path.FirstMember);
    }

    /// <summary>The path in one argument of a derived function; null where it is not given.</summary>
    public static Values? Read(YamlMap arguments, string key)
    {
        try
        {
            return arguments.Text(key) is { } text ? new Values(text) : null;
        }
        catch (FormatException problem)
        {
            throw arguments.ErrorAt(arguments.Node(key)!, problem.Message);
        }
    }

    /// <summary>The path in one argument of a derived function.</summary>
    public static Values Required(YamlMap arguments, string key)
    {
        arguments.Required(key);
        return Read(arguments, key)!;
    }

    /// <summary>Why the values are not known; null where they are.</summary>
    public string? WhyUnknown(in Subject subject) =>
        _head.GapOf(subject) is { } gap ? $"{_head.Text} could not be read: {Conditions.Evidence.Of(gap)}" : null;

    public IReadOnlyList<string> Of(in Subject subject) => Of(subject.Root);

    public IReadOnlyList<string> Of(JsonElement root) =>
        [.. _path.FindAll(root).Where(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(value => value.ToString())];
}
