using System;
using System.Linq;
using CloudPosture.Assessment.Derived;
using CloudPosture.Assessment.Yaml;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Compiles the conditions of one rule, and notes what they need of the account.</summary>
internal sealed class ConditionReader(AccountNeeds needs)
{
    // Deeper than any rule a person would write, and far from the stack's end: YAML aliases can nest without bound.
    private const int MaxDepth = 32;
    private static readonly string[] Kinds = ["field", "allOf", "anyOf", "not", "always", "count", "derived"];
    private int _depth;

    public Condition Read(YamlMap map)
    {
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
            "field" => Operators.ReadFieldCondition(map, Operators.Reference(map, "field")),
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
        if (KnownTypes.ServiceOf(type) is null)
        {
            throw count.ErrorAt(count.Node("of")!, KnownTypes.Unknown(type));
        }

        var sameRegion = count.Flag("sameRegion");
        var where = count.Map("where") is { } map ? Read(map) : null;
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
            var inner = parts.Skip(1).Take(parts.Length - 2).Select(part => FieldPath.Parse(part.TrimStart('.'))).ToArray();
            var where = count.Map("where") is { } map ? Read(map) : null;
            return new ElementCount(of, FieldReference.Parse(parts[0]), inner, where, test);
        }
        catch (FormatException problem)
        {
            throw count.Error(problem.Message);
        }
    }

    private DerivedCondition ReadDerived(YamlMap map)
    {
        var name = map.Required("derived");
        var arguments = map.MapOrEmpty("with");
        var function = DerivedFunctions.Create(name, arguments)
            ?? throw map.ErrorAt(map.Node("derived")!, $"there is no derived value '{name}'. There are: {string.Join(", ", DerivedFunctions.Names)}.");
        arguments.RejectUnknownKeys();
        needs.Kept.UnionWith(function.Types);
        var test = Operators.ReadNumberTest(map, required: false, out var whenAbsent);
        return new DerivedCondition(function, test, whenAbsent);
    }
}
