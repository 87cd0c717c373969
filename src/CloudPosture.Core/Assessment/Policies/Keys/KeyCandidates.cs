using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>Finds values of a condition key that stand for all that a requester's requests can say.</summary>
internal static class KeyCandidates
{
    private const int MostPatternsInPairs = 12;
    private const int MostValuesInPairs = 8;
    private static readonly string[] SeveralValues = ["aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths", "aws:resourceorgpaths", "aws:tagkeys", "aws:calledvia", "aws:principalservicenameslist"];

    /// <summary>Values of the key.</summary>
    /// <param name="domain">What it can be.</param>
    /// <param name="conditions">The conditions that test it, with their tests.</param>
    /// <param name="work">What that may take.</param>
    public static IEnumerable<KeyValue> Of(Domain domain, IReadOnlyList<(PolicyCondition Condition, ConditionTest Test)> conditions, Work work)
    {
        var values = Values(domain, conditions, work)
            .Where(value => domain.Accepts?.Invoke(value) != false)
            .Distinct(StringComparer.Ordinal).ToArray();
        foreach (var value in values)
        {
            yield return new KeyValue(value);
        }

        if (domain.MayBeAbsent)
        {
            yield return KeyValue.Absent;
        }

        // Only a key with several values can meet two demands that no single value meets.
        if (values.Length <= MostValuesInPairs && conditions.Any(condition => condition.Condition.Quantifier != Quantifier.None && HasSeveralValues(condition.Condition.Key)))
        {
            foreach (var pair in values.SelectMany((value, i) => values.Skip(i + 1).Select(other => new KeyValue([value, other]))))
            {
                yield return pair;
            }
        }
    }

    private static bool HasSeveralValues(string key) => !key.StartsWith("aws:", StringComparison.Ordinal) || Array.IndexOf(SeveralValues, key) >= 0;

    private static IEnumerable<string> Values(Domain domain, IReadOnlyList<(PolicyCondition Condition, ConditionTest Test)> conditions, Work work) =>
        domain.Values
            .Concat(domain.Shapes.Select(shape => shape.Witness()))
            .Concat(domain.Shapes.Count == 0 ? [] : conditions.SelectMany(condition => Named(condition.Condition, condition.Test, domain.Shapes, work)))
            .Concat(domain.Shapes.Count == 0 ? [] : InBoth(domain, conditions, work));

    private static IEnumerable<string> Named(PolicyCondition condition, ConditionTest test, IReadOnlyList<Glob> shapes, Work work) => condition.Kind switch
    {
        OperatorKind.Truth => ["true", "false"],
        OperatorKind.Address => test.Ranges.SelectMany(range => range.Edges),
        OperatorKind.Number => test.Patterns.SelectMany(pattern => Around(pattern.Pattern)),
        OperatorKind.Time => test.Patterns.SelectMany(pattern => Moments(pattern.Pattern)),
        OperatorKind.Absence or OperatorKind.Unknown => [],
        OperatorKind.TextIgnoringCase => test.Patterns.SelectMany(pattern => shapes.SelectMany(shape => pattern.Intersect(shape, work)))
            .Select(pattern => pattern.Witness())
            .SelectMany(text => new[] { text, text.ToUpperInvariant(), Capitalized(text) }),
        _ => test.Patterns.SelectMany(pattern => shapes.SelectMany(shape => pattern.IntersectArn(shape, work))).Select(pattern => pattern.Witness()),
    };

    private static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);

    // What two patterns match lies in neither's plainest text.
    private static IEnumerable<string> InBoth(Domain domain, IReadOnlyList<(PolicyCondition Condition, ConditionTest Test)> conditions, Work work)
    {
        var patterns = conditions.Where(condition => condition.Condition.Kind is OperatorKind.Pattern or OperatorKind.Arn or OperatorKind.Text)
            .SelectMany(condition => condition.Test.Patterns.Where(pattern => !pattern.IsLiteral))
            .ToArray();
        return patterns.Length is < 2 or > MostPatternsInPairs ? []
            : from i in Enumerable.Range(0, patterns.Length)
              from j in Enumerable.Range(i + 1, patterns.Length - i - 1)
              from both in patterns[i].IntersectArn(patterns[j], work)
              from shape in domain.Shapes
              from glob in both.IntersectArn(shape, work)
              select glob.Witness();
    }

    private static IEnumerable<string> Around(string text) => ConditionTest.Number(text) is not { } number ? [] :
        new[] { number - 1, number, number + 1 }.Select(value => value.ToString("R", CultureInfo.InvariantCulture));

    private static IEnumerable<string> Moments(string text) => ConditionTest.Time(text) is not { } time || time.Year is < 2 or > 9000 ? [] :
        new[] { -1, 0, 1 }.Select(seconds => time.AddSeconds(seconds).ToString("o", CultureInfo.InvariantCulture));
}
