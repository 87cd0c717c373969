using System;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Holds where one part holds, whatever the others could not read.</summary>
internal sealed class AnyOf(Condition[] parts) : Condition
{
    public override bool LooksOutside => Array.Exists(parts, part => part.LooksOutside);

    public override Verdict Evaluate(in Subject subject)
    {
        var greatest = Verdict.False;
        foreach (var part in parts)
        {
            var verdict = part.Evaluate(subject);
            if (verdict == Verdict.True)
            {
                return Verdict.True;
            }

            greatest = verdict > greatest ? verdict : greatest;
        }

        return greatest;
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        var verdict = Evaluate(subject);
        foreach (var part in parts)
        {
            if (part.Evaluate(subject) == verdict)
            {
                part.Explain(subject, evidence);
                if (verdict == Verdict.True)
                {
                    return;
                }
            }
        }
    }
}
