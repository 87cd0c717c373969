using System;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Holds where every part holds; a part known to fail decides, whatever the others could not read.</summary>
internal sealed class AllOf(Condition[] parts) : Condition
{
    public Condition[] Parts => parts;

    public override bool LooksOutside => Array.Exists(parts, part => part.LooksOutside);

    public override Verdict Evaluate(in Subject subject)
    {
        var least = Verdict.True;
        foreach (var part in parts)
        {
            var verdict = part.Evaluate(subject);
            if (verdict == Verdict.False)
            {
                return Verdict.False;
            }

            least = verdict < least ? verdict : least;
        }

        return least;
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        var verdict = Evaluate(subject);
        foreach (var part in parts)
        {
            if (part.Evaluate(subject) == verdict)
            {
                part.Explain(subject, evidence);
            }
        }
    }
}
