using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>A condition with its variables replaced, ready to be tested against many values.</summary>
internal sealed class ConditionTest
{
    // A key is always what it is.
    private static readonly Glob AsItIs = Glob.Of("*");

    private readonly PolicyCondition _condition;
    private readonly bool _wanted;
    private readonly bool _matchesAllAddresses;
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly List<Glob> _patterns = [];
    private readonly List<IpRange> _ranges = [];

    /// <summary>Prepares a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="variables">What its variables stand for.</param>
    /// <param name="wanted">Whether it is looked for that the condition holds: what may be chosen is then chosen so, and otherwise against it.</param>
    /// <param name="isStrict">Whether a value that cannot be understood is taken against what is looked for, instead of for it.</param>
    public ConditionTest(PolicyCondition condition, IVariables variables, bool wanted, bool isStrict = false)
    {
        (_condition, _wanted) = (condition, wanted);
        _matchesAllAddresses = condition.NoAddress is not null && (wanted != isStrict) != condition.IsNegated;
        foreach (var glob in condition.Values.Select(value => value.OnlyVariable == condition.Key ? AsItIs : value.Resolve(variables, wanted != condition.IsNegated)).OfType<Glob>())
        {
            if (glob.IsLiteral && condition.Kind != OperatorKind.Arn)
            {
                _literals.Add(glob.Pattern);
            }
            else
            {
                _patterns.Add(glob);
            }

            if (condition.Kind == OperatorKind.Address && IpRange.Parse(glob.Pattern) is { } range)
            {
                _ranges.Add(range);
            }
        }
    }

    /// <summary>The patterns that values are compared with.</summary>
    public IEnumerable<Glob> Patterns => _literals.Select(literal => new Glob(literal)).Concat(_patterns);

    /// <summary>The networks that addresses are compared with.</summary>
    public IReadOnlyList<IpRange> Ranges => _ranges;

    /// <summary>Whether a request in which the key has this value meets the condition.</summary>
    public bool Holds(KeyValue value)
    {
        if (_condition.Kind == OperatorKind.Unknown)
        {
            return _wanted;
        }

        if (_condition.Kind == OperatorKind.Absence)
        {
            return _literals.Contains(value.IsAbsent ? "true" : "false");
        }

        return value.IsAbsent ? _condition.HoldsWhenAbsent : _condition.Quantifier switch
        {
            Quantifier.AllValues => value.Values!.All(HoldsFor),
            Quantifier.AnyValue => value.Values!.Any(HoldsFor),
            _ => _condition.IsNegated ? value.Values!.All(HoldsFor) : value.Values!.Any(HoldsFor),
        };
    }

    private bool HoldsFor(string value) => Matches(value) != _condition.IsNegated;

    private bool Matches(string value) => _condition.Kind switch
    {
        OperatorKind.Text => _literals.Contains(value) || MatchesPattern(value),
        OperatorKind.TextIgnoringCase or OperatorKind.Truth => _literals.Contains(value.ToLowerInvariant()) || MatchesPattern(value.ToLowerInvariant()),
        OperatorKind.Pattern => _literals.Contains(value) || MatchesPattern(value),
        OperatorKind.Arn => _patterns.Exists(pattern => pattern.MatchesArn(value)),
        OperatorKind.Address => IpRange.Parse(value) is { } address && (_matchesAllAddresses || _ranges.Exists(range => range.Contains(address))),
        OperatorKind.Number => Number(value) is { } number && _literals.Any(literal => Number(literal) is { } other && Compares(number.CompareTo(other))),
        _ => Time(value) is { } time && _literals.Any(literal => Time(literal) is { } other && Compares(time.CompareTo(other))),
    };

    private bool MatchesPattern(string value) => _patterns.Exists(pattern => pattern.Matches(value));

    private bool Compares(int order) =>
        _condition.Operator.EndsWith("lessthanequals", StringComparison.Ordinal) ? order <= 0
        : _condition.Operator.EndsWith("lessthan", StringComparison.Ordinal) ? order < 0
        : _condition.Operator.EndsWith("greaterthanequals", StringComparison.Ordinal) ? order >= 0
        : _condition.Operator.EndsWith("greaterthan", StringComparison.Ordinal) ? order > 0
        : order == 0;

    /// <summary>A number; null for what is none.</summary>
    public static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A point in time, written as date or as seconds of the Unix epoch; null for what is none.</summary>
    public static DateTimeOffset? Time(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? seconds is > -62_000_000_000 and < 250_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
