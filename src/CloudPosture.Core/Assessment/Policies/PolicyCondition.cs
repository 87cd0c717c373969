using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>One key of a statement's Condition.</summary>
/// <param name="Operator">The operator in lower case, without qualifiers (<c>stringnotequals</c>).</param>
/// <param name="Quantifier">ForAnyValue, ForAllValues, or neither.</param>
/// <param name="IfExists">Whether the condition also holds where the key is absent.</param>
/// <param name="Key">The condition key in lower case.</param>
/// <param name="Values">The values, of which one must match.</param>
internal sealed record PolicyCondition(string Operator, Quantifier Quantifier, bool IfExists, string Key, IReadOnlyList<string> Values)
{
    private const string ForAny = "foranyvalue:";
    private const string ForAll = "forallvalues:";
    private const string Suffix = "ifexists";

    /// <summary>True where the operator holds for what does not match, and so for an absent key.</summary>
    public bool IsNegated => Operator.Contains("not");

    /// <summary>Parses an operator as policies write it (<c>ForAnyValue:StringLikeIfExists</c>).</summary>
    public static PolicyCondition Parse(string written, string key, IReadOnlyList<string> values)
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
        return new PolicyCondition(name, quantifier, ifExists, key.ToLowerInvariant(), values);
    }

    /// <summary>Whether a request without the key meets the condition.</summary>
    public bool HoldsWhenAbsent => Quantifier switch
    {
        Quantifier.AllValues => true,
        Quantifier.AnyValue => IfExists,
        _ => IfExists || IsNegated,
    };

    /// <summary>The condition that holds where this one does not; null where no operator says that.</summary>
    public PolicyCondition? Complement() => Operator switch
    {
        "bool" when Values.All(value => value is "true" or "false") && Values.Distinct().Count() == 1 =>
            this with { Operator = "bool", IfExists = !HoldsWhenAbsent, Quantifier = Quantifier.None, Values = [Values[0] == "true" ? "false" : "true"] },
        "ipaddress" or "notipaddress" => Inverted("ipaddress", "notipaddress"),
        _ when IsNegated => Inverted(Operator.Replace("not", ""), Operator),
        _ => null,
    };

    // What a negated condition lets through are the requests whose key matches, and, where it fails for absent keys, those without.
    private PolicyCondition? Inverted(string positive, string negated) => Operator == negated
        ? this with { Operator = positive, IfExists = !HoldsWhenAbsent, Quantifier = Quantifier.None }
        : null;
}
