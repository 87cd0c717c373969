namespace CloudPosture.Assessment.Conditions;

/// <summary>Stands for the condition of a rule that cannot be read: nobody knows whether it holds.</summary>
/// <param name="why">What is wrong with it.</param>
internal sealed class Unreadable(string why) : Condition
{
    public override bool LooksOutside => false;

    public override Verdict Evaluate(in Subject subject) => Verdict.Unknown;

    public override void Explain(in Subject subject, Evidence evidence) => evidence.Add("the rule cannot be read: ", why);
}
