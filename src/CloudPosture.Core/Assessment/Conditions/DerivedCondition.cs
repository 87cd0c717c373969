using CloudPosture.Assessment.Derived;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a value that is computed in C#.</summary>
internal sealed class DerivedCondition(DerivedFunction function, NumberTest test, bool whenAbsent) : Condition
{
    public override bool LooksOutside => function.Types.Count + function.Digests.Count > 0;

    public override Verdict Evaluate(in Subject subject)
    {
        var value = function.Evaluate(subject, explain: false);
        return value.State switch
        {
            FieldState.Present => test.Holds(value.Number).ToVerdict(),
            FieldState.Absent => whenAbsent.ToVerdict(),
            _ => Verdict.Unknown,
        };
    }

    public override void Explain(in Subject subject, Evidence evidence) =>
        evidence.Add(function.Evaluate(subject, explain: true).Evidence ?? "");
}
