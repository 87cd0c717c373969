namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a field against what the rule says.</summary>
internal sealed class FieldCondition(FieldReference field, ValueTest test, bool whenAbsent) : Condition
{
    public override bool LooksOutside => false;

    public override Verdict Evaluate(in Subject subject) => field.Resolve(subject, out var value) switch
    {
        FieldState.Present => test(value, subject.Now).ToVerdict(),
        FieldState.Absent => whenAbsent.ToVerdict(),
        _ => Verdict.Unknown,
    };

    public override void Explain(in Subject subject, Evidence evidence) => field.Explain(subject, evidence);
}
