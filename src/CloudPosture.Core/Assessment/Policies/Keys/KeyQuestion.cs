using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>What statements ask of one condition key, ready to be put to values that a requester can choose.</summary>
/// <param name="key">The key in lower case.</param>
/// <param name="requester">Who asks.</param>
/// <param name="allowing">The conditions that must hold, with their tests.</param>
/// <param name="denying">The conditions of the Denies, each with its statement's place, of which one that does not hold escapes the statement.</param>
/// <param name="work">What that may take.</param>
internal sealed class KeyQuestion(
    string key, Requester requester, (PolicyCondition Condition, ConditionTest Test)[] allowing, (int Place, PolicyCondition Condition, ConditionTest Test)[] denying, Work work)
{
    private readonly (PolicyCondition, ConditionTest)[] _all = [.. allowing, .. denying.Select(pair => (pair.Condition, pair.Test))];

    /// <summary>The values, and some more, that meet what must hold.</summary>
    /// <param name="more">Texts that count beside those that the conditions name, where the key can be these.</param>
    public IReadOnlyList<KeyValue> Values(IEnumerable<string> more)
    {
        var domain = requester.Of(key);
        domain = domain.Shapes.Count == 0 ? domain : domain with { Values = [.. domain.Values, .. more.Where(text => domain.Shapes.Any(shape => shape.Matches(text)))] };
        return [.. KeyCandidates.Of(domain, _all, work).Where(value => work.SpendTrying(allowing.Length + 1) && Array.TrueForAll(allowing, pair => pair.Test.Holds(value)))];
    }

    /// <summary>Adds the statements that a value escapes.</summary>
    /// <param name="escaped">Takes them.</param>
    /// <param name="value">The value.</param>
    public void AddEscaped(StatementBits escaped, KeyValue value)
    {
        foreach (var (place, condition, test) in denying)
        {
            if (work.SpendTrying(1 + (condition.Values.Count / 4)) && !test.Holds(value))
            {
                escaped.Add(place);
            }
        }
    }
}
