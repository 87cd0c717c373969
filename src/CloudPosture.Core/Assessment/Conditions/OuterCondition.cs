namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a field against a field of the resource under assessment.</summary>
internal sealed class OuterCondition(FieldReference reference, FieldReference outer, OuterTest test, bool whenAbsent) : Condition
{
    public FieldReference Field => reference;

    public FieldReference Outer => outer;

    /// <summary>True where the fields must be equal, so that one is a key to the other.</summary>
    public bool IsEquality => test == Operators.AreEqual;

    public override bool LooksOutside => true;

    public override Verdict Evaluate(in Subject subject)
    {
        var state = reference.Resolve(subject, out var value);
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
        reference.Explain(subject, evidence);
        outer.Explain(subject.Outer(), evidence);
    }
}
