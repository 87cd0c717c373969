using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>That somebody may read some data.</summary>
/// <param name="Reader">Who.</param>
/// <param name="Arn">The ARN of what holds the data.</param>
/// <param name="Judgement">What it takes.</param>
internal sealed record DataRead(Identity Reader, string Arn, PartJudgement Judgement);
