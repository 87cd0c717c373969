using System.IO;
using System.Text.RegularExpressions;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Tests a field against what the rule says.</summary>
internal sealed class FieldCondition(FieldReference field, ValueTest test, bool whenAbsent, string file) : Condition
{
    // What takes long once takes long for each of a million resources: it is not tried again.
    private volatile bool _isTooSlow;

    public override bool LooksOutside => false;

    public override Verdict Evaluate(in Subject subject)
    {
        if (_isTooSlow)
        {
            return Verdict.Unknown;
        }

        try
        {
            return field.Resolve(subject, out var value) switch
            {
                FieldState.Present => test(value, subject.Now).ToVerdict(),
                FieldState.Absent => whenAbsent.ToVerdict(),
                _ => Verdict.Unknown,
            };
        }
        catch (RegexMatchTimeoutException)
        {
            _isTooSlow = true;
            return Verdict.Unknown;
        }
    }

    public override void Explain(in Subject subject, Evidence evidence)
    {
        field.Explain(subject, evidence);
        if (_isTooSlow)
        {
            evidence.Add("the regular expression of ", Path.GetFileName(file), " takes too long on it: write one that cannot go back and forth");
        }
    }
}
