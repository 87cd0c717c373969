namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts the account's resources of a type that meet a condition.</summary>
internal sealed class TypeCount(string type, bool sameRegion, Condition? where, NumberTest test, bool isJoin) : Condition
{
    public string Type => type;

    /// <summary>True where the condition looks beyond the counted resource, so that it cannot be counted ahead.</summary>
    public bool IsJoin => isJoin;

    public Verdict Matches(in Subject subject) => where is null ? Verdict.True : where.Evaluate(subject);

    public override Verdict Evaluate(in Subject subject) => test.Holds(Count(subject));

    public override void Explain(in Subject subject, Evidence evidence)
    {
        var region = RegionOf(subject);
        evidence.Add(where is null ? "" : "matching ", type, $"{(region is null ? "" : " in " + region)}: {Count(subject)}");
        if (subject.Account.WhyMissing(type, region) is { } reason)
        {
            evidence.Add(type, " could not be read in full: ", reason);
        }
    }

    private string? RegionOf(in Subject subject) => sameRegion ? subject.Assessed.Region : null;

    private CountRange Count(in Subject subject)
    {
        var region = RegionOf(subject);
        var count = isJoin ? Join(subject, region) : subject.Account.Counted(this, region);
        return subject.Account.WhyMissing(type, region) is null ? count : count.OrMore();
    }

    private CountRange Join(in Subject subject, string? region)
    {
        var count = default(CountRange);
        foreach (var resource in subject.Account.Resources(type))
        {
            if (region is null || resource.Region == region)
            {
                count = count.Add(Matches(subject.Counted(resource)));
            }
        }

        return count;
    }
}
