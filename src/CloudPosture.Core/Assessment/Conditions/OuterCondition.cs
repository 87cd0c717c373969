namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a field against a field of the resource under assessment.</summary>
internal sealed class OuterCondition(FieldReference field, FieldReference outer, OuterTest test, bool whenAbsent) : Condition
{
    public override Verdict Evaluate(in Subject subject)
    {
        var state = field.Resolve(subject, out var value);
        var outerState = outer.Resolve(subject.Outer(), out var outerValue);
        if (state == FieldState.Unreadable || outerState == FieldState.Unreadable)
        {
            return Verdict.Unknown;
        }

        return state == FieldState.Present && outerState == FieldState.Present
            ? test(value, outerValue).ToVerdict()
            : whenAbsent.ToVerdict();
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        field.Explain(subject, evidence);
        outer.Explain(subject.Outer(), evidence);
    }
}
