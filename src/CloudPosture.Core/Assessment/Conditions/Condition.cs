namespace CloudPosture.Assessment.Conditions;

/// <summary>A compiled condition. Evaluating allocates nothing; explaining is done only for what is reported.</summary>
internal abstract class Condition
{
    /// <summary>True where the verdict depends on more than the subject: on the resource under assessment, or on others of the account.</summary>
    public abstract bool LooksOutside { get; }

    public abstract Verdict Evaluate(in Subject subject);

    /// <summary>Adds what decided the verdict.</summary>
    public abstract void Explain(in Subject subject, Evidence evidence);
}
