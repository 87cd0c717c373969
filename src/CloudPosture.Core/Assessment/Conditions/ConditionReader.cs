using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Derived;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Compiles the conditions of one rule, and notes what they need of the account.</summary>
/// <param name="needs">Takes the notes.</param>
/// <param name="types">The types whose resources the conditions look at.</param>
/// <param name="catalog">What can be harvested, and so be asked about.</param>
/// <param name="shapes">What the types can hold; null leaves fields unchecked.</param>
internal sealed class ConditionReader(AccountNeeds needs, IReadOnlyList<string> types, ServiceCatalog catalog, TypeShapes? shapes = null)
{
    // Deeper than any rule a person would write, and far from the stack's end: YAML aliases can nest without bound.
    private const int MaxDepth = 32;
    private static readonly string[] Kinds = ["field", "allOf", "anyOf", "not", "always", "count", "derived"];
    private readonly IReadOnlyList<string> _assessed = types;
    private IReadOnlyList<string> _types = types;
    private string _prefix = "";
    private IReadOnlyList<JsonPath> _alwaysOfAssessed = catalog.AlwaysAnswered(types);
    private IReadOnlyList<JsonPath> _always = catalog.AlwaysAnswered(types);
    private int _depth;

    public Condition Read(YamlMap map) => ReadForm(map.As("condition"));

    /// <summary>Takes the members that AWS always answers of what the conditions read from now on look at, beside those that it answers of all its type.</summary>
    public void Expect(YamlMap map, string key)
    {
        var members = map.Texts(key);
        foreach (var member in members)
        {
            Check(map, map.Node(key)!, member, _types, _prefix);
        }

        try
        {
            _alwaysOfAssessed = [.. _alwaysOfAssessed, .. members.Select(JsonPath.Parse)];
            _always = _alwaysOfAssessed;
        }
        catch (FormatException problem)
        {
            throw map.ErrorAt(map.Node(key)!, problem.Message);
        }
    }

    private Condition ReadForm(YamlMap map)
    {
        map.Declare([.. Kinds, "with", .. Operators.Names]);
        var kinds = map.Keys.Where(Kinds.Contains).ToArray();
        if (kinds.Length != 1)
        {
            throw map.Error($"a condition has exactly one of the keys {string.Join(", ", Kinds)}; this has {(kinds.Length == 0 ? "none, but " + string.Join(", ", map.Keys) : string.Join(", ", kinds))}.");
        }

        if (++_depth > MaxDepth)
        {
            throw map.Error($"conditions are nested more than {MaxDepth} deep.");
        }

        var condition = kinds[0] switch
        {
            "field" => ReadField(map),
            "allOf" => new AllOf(ReadParts(map, "allOf")),
            "anyOf" => new AnyOf(ReadParts(map, "anyOf")),
            "not" => new NotCondition(Read(map.Map("not")!)),
            "always" => new Always(map.Flag("always")),
            "count" => ReadCount(map),
            _ => ReadDerived(map),
        };
        _depth--;
        map.RejectUnknownKeys();
        return condition;
    }

    private Condition ReadField(YamlMap map)
    {
        Check(map, map.RequiredNode("field"), _types, _prefix);
        foreach (var operand in map.Keys.Where(map.IsMap).ToList())
        {
            if (map.Map(operand)!.Node("outer") is { } outer)
            {
                Check(map, outer, _assessed, "");
            }
        }

        return Operators.ReadFieldCondition(map, Operators.Reference(map, "field").Expecting(_always), _alwaysOfAssessed);
    }

    /// <exception cref="ContentException">Resources of the types cannot have the field.</exception>
    private void Check(YamlMap map, YamlNode field, IReadOnlyList<string> of, string prefix) => Check(map, field, map.TextOf("field", field), of, prefix);

    /// <exception cref="ContentException">Resources of the types cannot have the field.</exception>
    private void Check(YamlMap map, YamlNode place, string? path, IReadOnlyList<string> of, string prefix)
    {
        if (shapes is null || path is not { Length: > 0 } || path[0] == '@')
        {
            return;
        }

        foreach (var type in of)
        {
            if (shapes.Miss(type, prefix + path) is var (unknown, known))
            {
                throw map.ErrorAt(place, $"{type} has no '{unknown}' (in '{prefix}{path}').{(NearestName.Of(unknown, known) is { } near ? $" Did you mean '{near}'?" : $" Known there are: {string.Join(", ", known.OrderBy(name => name, StringComparer.Ordinal))}.")}");
            }
        }
    }

    private Condition[] ReadParts(YamlMap map, string key)
    {
        var parts = map.Maps(key).Select(Read).ToArray();
        return parts.Length > 0 ? parts : throw map.Error($"'{key}' needs at least one condition.");
    }

    private Condition ReadCount(YamlMap map)
    {
        var test = Operators.ReadNumberTest(map, required: true, out _);
        var count = map.Map("count")!;
        var of = count.Required("of");
        Condition condition = of.Contains("::") ? ReadTypeCount(count, of, test) : ReadElementCount(count, of, test);
        count.RejectUnknownKeys();
        return condition;
    }

    private TypeCount ReadTypeCount(YamlMap count, string type, NumberTest test)
    {
        if (catalog.ServiceOf(type) is null)
        {
            throw count.ErrorAt(count.Node("of")!, catalog.Unknown(type));
        }

        var sameRegion = count.Flag("sameRegion");
        var where = ReadWhere(count, [type], "", catalog.AlwaysAnswered([type]));
        if (where is null || !where.LooksOutside)
        {
            return Tallied(new PlainCount(type, sameRegion, where, test));
        }

        if (SplitKey(where) is var (key, others))
        {
            return Tallied(new KeyedCount(type, sameRegion, key, others, test));
        }

        needs.Kept.Add(type);
        return new JoinedCount(type, sameRegion, where, test);
    }

    /// <summary>A condition on what is counted, whose fields are its own.</summary>
    private Condition? ReadWhere(YamlMap count, IReadOnlyList<string> of, string prefix, IReadOnlyList<JsonPath> always)
    {
        if (count.Map("where") is not { } map)
        {
            return null;
        }

        var outside = (_types, _prefix, _always);
        (_types, _prefix, _always) = (of, prefix, always);
        var where = Read(map);
        (_types, _prefix, _always) = outside;
        return where;
    }

    private TalliedCount Tallied(TalliedCount count)
    {
        needs.Counts.Add(count);
        return count;
    }

    /// <summary>The one comparison with the resource under assessment and what else must hold; null where no equality alone looks outside.</summary>
    private static (OuterCondition Key, Condition? Others)? SplitKey(Condition where)
    {
        var parts = where is AllOf all ? all.Parts : [where];
        var outside = parts.Where(part => part.LooksOutside).ToList();
        return outside.Count == 1 && outside[0] is OuterCondition { IsEquality: true } key
            ? (key, parts.Length == 1 ? null : new AllOf([.. parts.Where(part => part != key)]))
            : null;
    }

    private ElementCount ReadElementCount(YamlMap count, string of, NumberTest test)
    {
        var parts = of.Split(["[]"], StringSplitOptions.None);
        if (parts.Length < 2 || parts[parts.Length - 1].Length > 0)
        {
            throw count.Error($"'{of}' is neither a resource type such as AWS::EC2::VPC nor an array such as Tags[].");
        }

        try
        {
            Check(count, count.Node("of")!, _types, _prefix);
            var inner = parts.Skip(1).Take(parts.Length - 2).Select(part => JsonPath.Parse(part.TrimStart('.'))).ToArray();
            var where = ReadWhere(count, _types, _prefix + of + ".", []);
            return new ElementCount(of, FieldReference.Parse(parts[0]).Expecting(_always), inner, where, test);
        }
        catch (FormatException problem)
        {
            throw count.Error(problem.Message);
        }
    }

    /// <summary>The field that a function is asked about, with what AWS always answers on the way to it.</summary>
    private FieldReference? FieldOf(YamlMap arguments) => _always.Count > 0 && arguments.Node("field") is YamlScalarNode ? Operators.Reference(arguments, "field").Expecting(_always) : null;

    private DerivedCondition ReadDerived(YamlMap map)
    {
        var name = map.Required("derived");
        var arguments = map.MapOrEmpty("with");
        if (arguments.Node("field") is YamlScalarNode field)
        {
            Check(arguments, field, _types, _prefix);
        }

        var function = DerivedFunctions.Create(name, arguments)
            ?? throw map.ErrorAt(map.Node("derived")!, $"there is no derived value '{name}'. There are: {string.Join(", ", DerivedFunctions.Names)}.");
        arguments.RejectUnknownKeys();
        if (function.Types.FirstOrDefault(type => catalog.ServiceOf(type) is null) is { } unknown)
        {
            throw arguments.Error(catalog.Unknown(unknown));
        }

        needs.Kept.UnionWith(function.Types);
        needs.Digests.UnionWith(function.Digests);
        needs.DigestTypes.UnionWith(function.Digests.SelectMany(digest => digest.Types(catalog.Content)));
        var test = Operators.ReadNumberTest(map, required: false, out var whenAbsent);
        return new DerivedCondition(function, FieldOf(arguments), test, whenAbsent);
    }
}
