using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>One key of a statement's Condition.</summary>
/// <param name="Operator">The operator in lower case, without qualifiers (<c>stringnotequals</c>).</param>
/// <param name="Quantifier">ForAnyValue, ForAllValues, or neither.</param>
/// <param name="IfExists">Whether the condition also holds where the key is absent.</param>
/// <param name="Key">The condition key in lower case.</param>
/// <param name="Values">The values, of which one must match.</param>
internal sealed record PolicyCondition(string Operator, Quantifier Quantifier, bool IfExists, string Key, IReadOnlyList<TextPattern> Values)
{
    private const string ForAny = "foranyvalue:";
    private const string ForAll = "forallvalues:";
    private const string Suffix = "ifexists";

    /// <summary>True where the operator holds for what does not match, and so for an absent key.</summary>
    public bool IsNegated { get; } = Operator.Contains("not");

    /// <summary>What the operator compares.</summary>
    public OperatorKind Kind { get; } = KindOf(Operator);

    /// <summary>A value that is compared as an address and is none; null where there is none. What IAM makes of it, nobody says.</summary>
    public string? NoAddress { get; } = KindOf(Operator) == OperatorKind.Address ? Values.FirstOrDefault(value => IpRange.Parse(value.Text) is null)?.Text : null;

    /// <summary>Whether a value names a policy variable.</summary>
    public bool HasVariables { get; } = Values.Any(value => value.HasVariables);

    /// <summary>Whether a request without the key meets the condition.</summary>
    public bool HoldsWhenAbsent => Quantifier switch
    {
        Quantifier.AllValues => true,
        Quantifier.AnyValue => IfExists,
        _ => IfExists || IsNegated,
    };

    /// <summary>Parses an operator as policies write it (<c>ForAnyValue:StringLikeIfExists</c>).</summary>
    /// <param name="written">The operator.</param>
    /// <param name="key">The key, in any case.</param>
    /// <param name="values">The values.</param>
    /// <param name="variables">Whether the policy's version has variables.</param>
    public static PolicyCondition Parse(string written, string key, IEnumerable<string> values, bool variables)
    {
        var name = written.ToLowerInvariant();
        var quantifier = Quantifier.None;
        if (name.StartsWith(ForAny, StringComparison.Ordinal))
        {
            (quantifier, name) = (Quantifier.AnyValue, name.Substring(ForAny.Length));
        }
        else if (name.StartsWith(ForAll, StringComparison.Ordinal))
        {
            (quantifier, name) = (Quantifier.AllValues, name.Substring(ForAll.Length));
        }

        var ifExists = name.EndsWith(Suffix, StringComparison.Ordinal);
        name = ifExists ? name.Substring(0, name.Length - Suffix.Length) : name;
        var kind = KindOf(name);
        return new PolicyCondition(name, quantifier, ifExists, key.ToLowerInvariant(),
            [.. values.Select(value => TextPattern.Parse(value, kind is OperatorKind.Pattern or OperatorKind.Arn, variables, kind is OperatorKind.TextIgnoringCase or OperatorKind.Truth or OperatorKind.Absence))]);
    }

    private static OperatorKind KindOf(string name) => name switch
    {
        "stringequals" or "stringnotequals" or "binaryequals" => OperatorKind.Text,
        "stringequalsignorecase" or "stringnotequalsignorecase" => OperatorKind.TextIgnoringCase,
        "stringlike" or "stringnotlike" => OperatorKind.Pattern,
        "arnequals" or "arnlike" or "arnnotequals" or "arnnotlike" => OperatorKind.Arn,
        "bool" => OperatorKind.Truth,
        "ipaddress" or "notipaddress" => OperatorKind.Address,
        "null" => OperatorKind.Absence,
        "numericequals" or "numericnotequals" or "numericlessthan" or "numericlessthanequals" or "numericgreaterthan" or "numericgreaterthanequals" => OperatorKind.Number,
        "dateequals" or "datenotequals" or "datelessthan" or "datelessthanequals" or "dategreaterthan" or "dategreaterthanequals" => OperatorKind.Time,
        _ => OperatorKind.Unknown,
    };
}
