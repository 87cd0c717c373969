namespace CloudPosture.Assessment.Conditions;

/// <summary>A count, of which only the bounds are known where something could not be read.</summary>
internal readonly record struct CountRange(double Least, double Most)
{
    /// <summary>Nothing is known.</summary>
    public static readonly CountRange Unknown = new(0, double.PositiveInfinity);

    public bool IsExact => Least.Equals(Most);

    /// <summary>Whatever could not be read may add any number.</summary>
    public CountRange OrMore() => new(Least, double.PositiveInfinity);

    public static CountRange operator +(CountRange left, CountRange right) => new(left.Least + right.Least, left.Most + right.Most);

    public CountRange Add(Verdict verdict) => verdict switch
    {
        Verdict.True => new CountRange(Least + 1, Most + 1),
        Verdict.Unknown => new CountRange(Least, Most + 1),
        _ => this,
    };

    public bool Includes(double number) => number >= Least && number <= Most;

    public override string ToString() => IsExact ? $"{Least}" : double.IsInfinity(Most) ? $"{Least} or more" : $"{Least} to {Most}";
}
