namespace CloudPosture.Assessment.Conditions;

internal sealed class Always(bool holds) : Condition
{
    public override bool LooksOutside => false;

    public override Verdict Evaluate(in Subject subject) => holds.ToVerdict();

    public override void Explain(in Subject subject, Evidence evidence)
    {
    }
}
