using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>One identity that becomes another.</summary>
/// <param name="From">The one who acts.</param>
/// <param name="Method">How.</param>
/// <param name="To">The principal whose rights are then had.</param>
/// <param name="Through">The ARN of what it is done through; null where it is done by itself.</param>
/// <param name="Judgement">The actions, and what they hang on.</param>
internal sealed record Step(Identity From, EscalationMethod Method, Identity To, string? Through, PartJudgement Judgement)
{
    public bool IsCertain => Judgement.IsCertain;
}
