using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts the elements of an array, or of arrays within arrays, that meet a condition. The values of a map count as elements too.</summary>
internal sealed class ElementCount(string text, FieldReference array, JsonPath[] inner, Condition? where, NumberTest test) : Condition
{
    private const int MaxShown = 2;

    public override bool LooksOutside => where?.LooksOutside ?? false;

    public override Verdict Evaluate(in Subject subject) => test.Holds(Count(subject, null));

    public override void Explain(in Subject subject, Evidence evidence)
    {
        if (array.GapOf(subject) is not null)
        {
            array.Explain(subject, evidence);
            return;
        }

        evidence.Add(where is null ? "count of " : "matching ", text, $": {Count(subject, null)}");
        Count(subject, evidence);
    }

    /// <summary>Counts, and adds the first matches to the evidence where there is one.</summary>
    private CountRange Count(in Subject subject, Evidence? evidence)
    {
        var shown = 0;
        return array.Resolve(subject, out var value) switch
        {
            FieldState.Present => Count(subject, value.Json, 0, default, evidence, ref shown),
            FieldState.Unreadable => CountRange.Unknown,
            _ => default,
        };
    }

    private CountRange Count(in Subject subject, JsonElement list, int depth, CountRange count, Evidence? evidence, ref int shown)
    {
        foreach (var (key, element) in ElementsOf(list))
        {
            if (depth < inner.Length)
            {
                count = inner[depth].TryFind(element, out var next) ? Count(subject, next, depth + 1, count, evidence, ref shown) : count;
                continue;
            }

            var verdict = where is null ? Verdict.True : where.Evaluate(subject.Element(element));
            count = count.Add(verdict);
            if (evidence is not null && where is not null && verdict == Verdict.True && shown++ < MaxShown)
            {
                evidence.Add(key is null ? new FieldValue(element).ToString() : $"{key} = {new FieldValue(element)}");
            }
        }

        return count;
    }

    private static IEnumerable<(string? Key, JsonElement Element)> ElementsOf(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => list.EnumerateArray().Select(element => ((string?)null, element)),
        JsonValueKind.Object => list.EnumerateObject().Select(member => ((string?)member.Name, member.Value)),
        _ => [],
    };
}
