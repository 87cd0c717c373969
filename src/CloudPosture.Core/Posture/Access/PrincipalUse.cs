using System.Collections.Generic;

namespace CloudPosture.Posture.Access;

/// <summary>What a user or role may use and does not.</summary>
/// <param name="Unused">The services, by name.</param>
/// <param name="Gap">What could not be known of it, in a few words; null where all was read.</param>
public sealed record PrincipalUse(IReadOnlyList<UnusedAccess> Unused, UseGap? Gap);
