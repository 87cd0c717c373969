using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>A step that there may be: what somebody holds fits, and the rest is still to be judged. Or one that was judged already.</summary>
/// <param name="From">Who would act.</param>
/// <param name="To">The principal that would be become.</param>
/// <param name="Method">How; null for a step that was judged.</param>
/// <param name="Target">What it would be done with.</param>
/// <param name="Judged">The step; null where it is still to be judged.</param>
internal readonly record struct Candidate(Identity From, Identity To, EscalationMethod? Method, EscalationTarget? Target, Step? Judged)
{
    public Candidate(Step judged)
        : this(judged.From, judged.To, null, null, judged)
    {
    }

    /// <summary>The place of its method among the methods.</summary>
    public int Order => (Method ?? Judged!.Method).Number;
}
