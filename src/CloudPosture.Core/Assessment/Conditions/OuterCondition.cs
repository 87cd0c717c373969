using System.Linq;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a field against a field of the resource under assessment, or against each element of a list there, of which one is enough.</summary>
internal sealed class OuterCondition(FieldReference reference, FieldReference outer, OuterTest test, bool whenAbsent) : Condition
{
    public FieldReference Field => reference;

    public FieldReference Outer => outer;

    /// <summary>True where the fields must be equal, so that one is a key to the other.</summary>
    public bool IsEquality => test == Operators.AreEqual && !outer.IsList;

    public override bool LooksOutside => true;

    public override Verdict Evaluate(in Subject subject)
    {
        var state = reference.Resolve(subject, out var value);
        if (outer.IsList)
        {
            return EvaluateAgainstEach(subject.Outer(), state, value);
        }

        var outerState = outer.Resolve(subject.Outer(), out var outerValue);
        if (state == FieldState.Unreadable || outerState == FieldState.Unreadable)
        {
            return Verdict.Unknown;
        }

        return state == FieldState.Present && outerState == FieldState.Present
            ? test(value, outerValue).ToVerdict()
            : whenAbsent.ToVerdict();
    }

    // An opposite holds where no element meets the plain comparison.
    private Verdict EvaluateAgainstEach(in Subject assessed, FieldState state, FieldValue value)
    {
        var outerState = outer.ResolveAll(assessed, out var others);
        if (state == FieldState.Unreadable || outerState == FieldState.Unreadable)
        {
            return Verdict.Unknown;
        }

        return state != FieldState.Present || outerState != FieldState.Present ? whenAbsent.ToVerdict()
            : (whenAbsent ? others.All(other => test(value, other)) : others.Any(other => test(value, other))).ToVerdict();
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        reference.Explain(subject, evidence);
        outer.Explain(subject.Outer(), evidence);
    }
}
