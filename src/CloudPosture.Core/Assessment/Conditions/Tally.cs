namespace CloudPosture.Assessment.Conditions;

/// <summary>What a count has seen of an account.</summary>
internal abstract class Tally
{
    /// <summary>Takes in a resource of the counted type.</summary>
    public abstract void Add(in Subject subject);
}
