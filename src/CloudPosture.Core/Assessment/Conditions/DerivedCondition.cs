using CloudPosture.Assessment.Derived;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a value that is computed in C#.</summary>
/// <param name="function">Computes it.</param>
/// <param name="field">The one field that it is computed from; null where there is none.</param>
/// <param name="test">What it must be.</param>
/// <param name="whenAbsent">What holds where there is no value.</param>
internal sealed class DerivedCondition(DerivedFunction function, FieldReference? field, NumberTest test, bool whenAbsent) : Condition
{
    public override bool LooksOutside => function.Types.Count + function.Digests.Count > 0;

    public override Verdict Evaluate(in Subject subject)
    {
        if (IsUnanswered(subject))
        {
            return Verdict.Unknown;
        }

        var value = subject.Account.Values.Of(function, subject, explain: false);
        return value.State switch
        {
            FieldState.Present => test.Holds(value.Number).ToVerdict(),
            FieldState.Absent => whenAbsent.ToVerdict(),
            _ => Verdict.Unknown,
        };
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        if (IsUnanswered(subject))
        {
            field!.Explain(subject, evidence);
            return;
        }

        evidence.Add(subject.Account.Values.Of(function, subject, explain: true).Evidence ?? "");
    }

    // What could not be read the function tells of itself.
    private bool IsUnanswered(in Subject subject) => field?.LacksAnswer(subject) ?? false;
}
