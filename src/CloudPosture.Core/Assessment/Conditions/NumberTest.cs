namespace CloudPosture.Assessment.Conditions;

/// <summary>Compares a number with the one the rule names.</summary>
internal sealed class NumberTest(Comparison comparison, double operand)
{
    public bool Holds(double number) => comparison switch
    {
        Comparison.Equal => number.Equals(operand),
        Comparison.NotEqual => !number.Equals(operand),
        Comparison.Greater => number > operand,
        Comparison.GreaterOrEqual => number >= operand,
        Comparison.Less => number < operand,
        _ => number <= operand,
    };

    /// <summary>The verdict on a count that is only known to lie in a range.</summary>
    public Verdict Holds(CountRange count)
    {
        if (comparison == Comparison.NotEqual)
        {
            return new NumberTest(Comparison.Equal, operand).Holds(count).Not();
        }

        if (comparison == Comparison.Equal && !count.IsExact)
        {
            return count.Includes(operand) ? Verdict.Unknown : Verdict.False;
        }

        var least = Holds(count.Least);
        return least == Holds(count.Most) ? least.ToVerdict() : Verdict.Unknown;
    }
}
