using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Conditions;

/// <summary>The operators that rules may use.</summary>
internal static class Operators
{
    public static readonly OuterTest AreEqual = (in FieldValue value, in FieldValue outer) => value.ValueEquals(outer);
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, Comparison> Comparisons = new(StringComparer.Ordinal)
    {
        ["equals"] = Comparison.Equal,
        ["notEquals"] = Comparison.NotEqual,
        ["greater"] = Comparison.Greater,
        ["greaterOrEquals"] = Comparison.GreaterOrEqual,
        ["less"] = Comparison.Less,
        ["lessOrEquals"] = Comparison.LessOrEqual,
    };

    // A name starting with "not" is the opposite, and holds for what is absent.
    private static readonly Dictionary<string, Func<YamlMap, string, ValueTest>> Tests = new(StringComparer.Ordinal)
    {
        ["equals"] = (map, key) => Equal(Literal(map, map.RequiredNode(key), key)),
        ["in"] = (map, key) => In(Literals(map, key)),
        ["contains"] = (map, key) => Contains([Literal(map, map.RequiredNode(key), key)]),
        ["containsAny"] = (map, key) => Contains(Literals(map, key)),
        ["like"] = (map, key) => Like(map.Texts(key)),
        ["match"] = Match,
        ["startsWith"] = (map, key) => Starts(map.Required(key)),
        ["endsWith"] = (map, key) => Ends(map.Required(key)),
        ["ofAccount"] = (map, key) => OfAccount(map.Texts(key)),
        ["greater"] = Number,
        ["greaterOrEquals"] = Number,
        ["less"] = Number,
        ["lessOrEquals"] = Number,
        ["versionLess"] = (map, key) => Version(map, key, comparison => comparison < 0),
        ["versionAtLeast"] = (map, key) => Version(map, key, comparison => comparison >= 0),
        ["olderThanDays"] = (map, key) => Older(map.Number(key)),
        ["newerThanDays"] = (map, key) => Newer(map.Number(key)),
        ["laterThan"] = (map, key) => throw map.Error($"'{key}' takes another field that holds a time: {{outer: LastFailureTime}}."),
    };

    private static readonly Dictionary<string, string> Opposites = new(StringComparer.Ordinal)
    {
        ["notEquals"] = "equals",
        ["notIn"] = "in",
        ["notContains"] = "contains",
        ["notLike"] = "like",
        ["notOfAccount"] = "ofAccount",
    };

    private static readonly Dictionary<string, OuterTest> OuterTests = new(StringComparer.Ordinal)
    {
        ["equals"] = AreEqual,
        ["in"] = (in FieldValue value, in FieldValue outer) => outer.Contains(value),
        ["contains"] = (in FieldValue value, in FieldValue outer) => value.Contains(outer),
        ["ofAccount"] = (in FieldValue value, in FieldValue outer) => AccountOf(value) is { } account && account == outer.Text,
        ["laterThan"] = (in FieldValue value, in FieldValue outer) => value.TryGetTime(out var time) && outer.TryGetTime(out var other) && time > other,
        ["startsWith"] = (in FieldValue value, in FieldValue outer) => value.Text is { } text && outer.Text is { } start && text.StartsWith(start, StringComparison.Ordinal),
        ["endsWith"] = (in FieldValue value, in FieldValue outer) => value.Text is { } text && outer.Text is { } end && text.EndsWith(end, StringComparison.Ordinal),
    };

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => FieldOperators;

    private static readonly string[] FieldOperators = [.. Tests.Keys, .. Opposites.Keys, "exists"];

    /// <summary>The condition that tests a field with the one operator of the mapping.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="field">The field.</param>
    /// <param name="alwaysOfAssessed">What AWS always answers of the resource under assessment, which an operand may name.</param>
    public static Condition ReadFieldCondition(YamlMap map, FieldReference field, IReadOnlyList<JsonPath> alwaysOfAssessed)
    {
        var key = TheOne(map, FieldOperators);
        if (key == "exists")
        {
            var wanted = map.Flag(key);
            return new FieldCondition(field, (in FieldValue _, DateTimeOffset _) => wanted, !wanted, map.File);
        }

        var isOpposite = Opposites.TryGetValue(key, out var plain);
        plain ??= key;
        if (map.Node(key) is YamlMappingNode)
        {
            return ReadOuterCondition(map, key, plain, field, isOpposite, alwaysOfAssessed);
        }

        var test = Tests[plain](map, key);
        return new FieldCondition(field, isOpposite ? (in FieldValue value, DateTimeOffset now) => !test(value, now) : test, isOpposite, map.File);
    }

    /// <summary>The comparison that the mapping names; without one, that the value is true.</summary>
    public static NumberTest ReadNumberTest(YamlMap map, bool required, out bool whenAbsent)
    {
        whenAbsent = false;
        if (!required && !map.Keys.Any(Comparisons.ContainsKey))
        {
            return new NumberTest(Comparison.Equal, 1);
        }

        var key = TheOne(map, [.. Comparisons.Keys]);
        whenAbsent = key == "notEquals";
        return new NumberTest(Comparisons[key], map.Text(key) switch { "true" => 1, "false" => 0, _ => map.Number(key) });
    }

    private static OuterCondition ReadOuterCondition(YamlMap map, string key, string plain, FieldReference field, bool isOpposite, IReadOnlyList<JsonPath> alwaysOfAssessed)
    {
        if (!OuterTests.TryGetValue(plain, out var test))
        {
            throw map.Error($"'{key}' takes no 'outer'. Those that do: {string.Join(", ", OuterTests.Keys)} and their opposites.");
        }

        var operand = map.Map(key)!;
        var outer = Reference(operand, "outer").Expecting(alwaysOfAssessed);
        operand.RejectUnknownKeys();
        return new OuterCondition(field, outer, isOpposite ? (in FieldValue value, in FieldValue other) => !test(value, other) : test, isOpposite);
    }

    public static FieldReference Reference(YamlMap map, string key)
    {
        try
        {
            return FieldReference.Parse(map.Required(key));
        }
        catch (FormatException problem)
        {
            throw map.ErrorAt(map.Node(key)!, problem.Message);
        }
    }

    private static string TheOne(YamlMap map, string[] operators)
    {
        var present = map.Keys.Where(operators.Contains).ToArray();
        return present.Length == 1
            ? present[0]
            : throw map.Error($"exactly one operator is needed here, and there {(present.Length == 0 ? "is none" : "are " + string.Join(", ", present))} among: {string.Join(", ", map.Keys)}. Allowed are: {string.Join(", ", operators.OrderBy(name => name, StringComparer.Ordinal))}.");
    }

    private static Literal Literal(YamlMap map, YamlNode node, string key) =>
        node is not YamlScalarNode scalar ? throw map.ErrorAt(node, $"'{key}' takes one value.")
        : Conditions.Literal.Doubt(scalar) is { } doubt ? throw map.ErrorAt(node, $"{doubt}.")
        : new Literal(scalar);

    private static Literal[] Literals(YamlMap map, string key) => map.RequiredNode(key) is YamlSequenceNode list
        ? [.. list.Children.Select(item => Literal(map, item, key))]
        : throw map.ErrorAt(map.Node(key)!, $"'{key}' takes a list, as in [a, b].");

    private static ValueTest Equal(Literal literal) => (in FieldValue value, DateTimeOffset _) => literal.Equals(value);

    private static ValueTest In(Literal[] literals) => (in FieldValue value, DateTimeOffset _) =>
    {
        foreach (var literal in literals)
        {
            if (literal.Equals(value))
            {
                return true;
            }
        }

        return false;
    };

    private static ValueTest Contains(Literal[] literals) => (in FieldValue value, DateTimeOffset _) =>
    {
        foreach (var literal in literals)
        {
            if (literal.IsIn(value))
            {
                return true;
            }
        }

        return false;
    };

    private static ValueTest Like(IReadOnlyList<string> patterns)
    {
        var wildcards = patterns.Select(pattern => new Wildcard(pattern, ignoreCase: true)).ToArray();
        return (in FieldValue value, DateTimeOffset _) => value.Text is { } text && Array.Exists(wildcards, wildcard => wildcard.Matches(text));
    }

    private static ValueTest Match(YamlMap map, string key)
    {
        var text = map.Required(key);
        try
        {
            var regex = new Regex(text, RegexOptions.CultureInvariant, RegexTimeout);
            return (in FieldValue value, DateTimeOffset _) => value.Text is { } candidate && regex.IsMatch(candidate);
        }
        catch (ArgumentException problem)
        {
            throw map.ErrorAt(map.Node(key)!, $"'{text}' is no regular expression: {problem.Message}");
        }
    }

    private static ValueTest Starts(string start) => (in FieldValue value, DateTimeOffset _) => value.Text is { } text && text.StartsWith(start, StringComparison.Ordinal);

    private static ValueTest Ends(string end) => (in FieldValue value, DateTimeOffset _) => value.Text is { } text && text.EndsWith(end, StringComparison.Ordinal);

    private static ValueTest OfAccount(IReadOnlyList<string> accounts) => (in FieldValue value, DateTimeOffset _) => AccountOf(value) is { } account && accounts.Contains(account);

    /// <summary>The account that an ARN names, or that a principal is by its number alone.</summary>
    private static string? AccountOf(in FieldValue value) => value.Text is not { } text ? null : AccountIds.IsValid(text) ? text : Arn.AccountOf(text);

    private static ValueTest Number(YamlMap map, string key)
    {
        var test = new NumberTest(Comparisons[key], map.Number(key));
        return (in FieldValue value, DateTimeOffset _) => value.TryGetNumber(out var number) && test.Holds(number);
    }

    private static ValueTest Version(YamlMap map, string key, Func<int, bool> holds)
    {
        var other = DottedVersion.Parse(map.Required(key)) ?? throw map.ErrorAt(map.Node(key)!, $"'{key}' takes a version such as 1.29.");
        return (in FieldValue value, DateTimeOffset _) => DottedVersion.Parse(value.ToString()) is { } version && holds(version.CompareTo(other));
    }

    private static ValueTest Older(double days) => (in FieldValue value, DateTimeOffset now) => value.TryGetTime(out var time) && (now - time).TotalDays > days;

    private static ValueTest Newer(double days) => (in FieldValue value, DateTimeOffset now) => value.TryGetTime(out var time) && (now - time).TotalDays <= days;
}
