using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts the elements of an array, or of arrays within arrays, that meet a condition. The values of a map count as elements too.</summary>
internal sealed class ElementCount(string text, FieldReference array, JsonPath[] inner, Condition? where, NumberTest test) : Condition
{
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
        var state = array.Resolve(subject, out var value);
        if (state == FieldState.Unreadable)
        {
            return CountRange.Unknown;
        }

        var matches = new ElementMatches(evidence);
        if (state == FieldState.Present)
        {
            Count(subject, value.Json, 0, ref matches);
        }

        return matches.Count;
    }

    private void Count(in Subject subject, JsonElement list, int depth, ref ElementMatches matches)
    {
        switch (list.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var element in list.EnumerateArray())
                {
                    Add(subject, element, null, depth, ref matches);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in list.EnumerateObject())
                {
                    Add(subject, member.Value, matches.IsExplained ? member.Name : null, depth, ref matches);
                }

                break;
        }
    }

    private void Add(in Subject subject, JsonElement element, string? key, int depth, ref ElementMatches matches)
    {
        if (depth < inner.Length)
        {
            if (inner[depth].TryFind(element, out var next))
            {
                Count(subject, next, depth + 1, ref matches);
            }

            return;
        }

        var verdict = where is null ? Verdict.True : where.Evaluate(subject.Element(element));
        matches.Add(verdict);
        if (where is not null && verdict == Verdict.True)
        {
            matches.Show(key, element);
        }
    }
}
