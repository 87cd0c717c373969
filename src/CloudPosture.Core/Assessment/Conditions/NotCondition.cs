namespace CloudPosture.Assessment.Conditions;

internal sealed class NotCondition(Condition inner) : Condition
{
    public override bool LooksOutside => inner.LooksOutside;

    public override Verdict Evaluate(in Subject subject) => inner.Evaluate(subject).Not();

    public override void Explain(in Subject subject, Evidence evidence) => inner.Explain(subject, evidence);
}
