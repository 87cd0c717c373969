namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts anew for each resource under assessment, because the condition compares with it in a way that no key tells.</summary>
internal sealed class JoinedCount(string type, bool sameRegion, Condition where, NumberTest test) : TypeCount(type, sameRegion, where, test)
{
    private readonly Condition _where = where;

    protected override CountRange Count(in Subject subject, string? region)
    {
        var count = default(CountRange);
        foreach (var resource in subject.Account.Resources(Type))
        {
            if (region is null || resource.Region == region)
            {
                count = count.Add(_where.Evaluate(subject.Counted(resource)));
            }
        }

        return count;
    }
}
