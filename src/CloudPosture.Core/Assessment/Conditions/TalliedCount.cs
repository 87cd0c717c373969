namespace CloudPosture.Assessment.Conditions;

/// <summary>A count that is taken while the account streams by, so that no resource need be kept for it.</summary>
internal abstract class TalliedCount(string type, bool sameRegion, Condition? where, NumberTest test) : TypeCount(type, sameRegion, where, test)
{
    /// <summary>An empty tally, for one account.</summary>
    public abstract Tally Begin();
}
