namespace CloudPosture.Assessment.Conditions;

/// <summary>A compiled condition. Evaluating allocates nothing; explaining is done only for what is reported.</summary>
internal abstract class Condition
{
    public abstract Verdict Evaluate(in Subject subject);

    /// <summary>Adds what decided the verdict.</summary>
    public abstract void Explain(in Subject subject, Evidence evidence);
}
