namespace CloudPosture.Assessment.Conditions;

internal static class VerdictExtensions
{
    public static Verdict Not(this Verdict verdict) => Verdict.True - (byte)verdict;

    public static Verdict ToVerdict(this bool holds) => holds ? Verdict.True : Verdict.False;
}
