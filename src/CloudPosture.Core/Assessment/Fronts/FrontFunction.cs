using System.Collections.Generic;
using CloudPosture.Assessment.Sharing;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What is kept of a function, an alias or a version.</summary>
/// <param name="Thing">By what it is known.</param>
/// <param name="Policy">Its policy's text; null where it has none.</param>
/// <param name="IsUnread">Whether the policy was not read.</param>
/// <param name="Urls">The hosts of its URLs, each with whether it asks for IAM.</param>
internal sealed record FrontFunction(SharedThing Thing, string? Policy, bool IsUnread, IReadOnlyList<(string Host, bool AsksForIam)> Urls);
