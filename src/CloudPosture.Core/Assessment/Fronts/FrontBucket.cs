using CloudPosture.Assessment.Sharing;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What is kept of a bucket.</summary>
/// <param name="Thing">By what it is known.</param>
/// <param name="Policy">Its policy's text, where it speaks of CloudFront; else null.</param>
/// <param name="IsUnread">Whether the policy was not read.</param>
/// <param name="Key">The key of the account's own that its objects are encrypted with; null for none.</param>
internal sealed record FrontBucket(SharedThing Thing, string? Policy, bool IsUnread, string? Key);
