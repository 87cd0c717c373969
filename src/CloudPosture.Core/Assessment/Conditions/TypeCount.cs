namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts the account's resources of a type that meet a condition.</summary>
internal abstract class TypeCount(string type, bool sameRegion, Condition? where, NumberTest test) : Condition
{
    public string Type => type;

    public override bool LooksOutside => true;

    public override Verdict Evaluate(in Subject subject) => test.Holds(CountSeen(subject));

    public override void Explain(in Subject subject, Evidence evidence)
    {
        var region = RegionOf(subject);
        evidence.Add(where is null ? "" : "matching ", type, $"{(region is null ? "" : " in " + region)}: {CountSeen(subject)}");
        if (subject.Account.WhyMissing(type, region) is { } reason)
        {
            evidence.Add(type, " could not be read in full: ", reason);
        }
    }

    /// <summary>Counts what was read.</summary>
    /// <param name="subject">The resource under assessment.</param>
    /// <param name="region">The Region; null for the whole account.</param>
    protected abstract CountRange Count(in Subject subject, string? region);

    private CountRange CountSeen(in Subject subject)
    {
        var region = RegionOf(subject);
        var count = Count(subject, region);
        return subject.Account.WhyMissing(type, region) is null ? count : count.OrMore();
    }

    private string? RegionOf(in Subject subject) => sameRegion ? subject.Assessed.Region : null;
}
