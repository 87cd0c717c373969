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
        if (array.Resolve(subject, out _) == FieldState.Unreadable)
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
        switch (list.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var element in list.EnumerateArray())
                {
                    count = Add(subject, element, null, depth, count, evidence, ref shown);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in list.EnumerateObject())
                {
                    count = Add(subject, member.Value, evidence is null ? null : member.Name, depth, count, evidence, ref shown);
                }

                break;
        }

        return count;
    }

    private CountRange Add(in Subject subject, JsonElement element, string? key, int depth, CountRange count, Evidence? evidence, ref int shown)
    {
        if (depth < inner.Length)
        {
            return inner[depth].TryFind(element, out var next) ? Count(subject, next, depth + 1, count, evidence, ref shown) : count;
        }

        var verdict = where is null ? Verdict.True : where.Evaluate(subject.Element(element));
        if (evidence is not null && where is not null && verdict == Verdict.True && shown++ < MaxShown)
        {
            evidence.Add(key is null ? new FieldValue(element).ToString() : $"{key} = {new FieldValue(element)}");
        }

        return count.Add(verdict);
    }
}
