using System.Collections.Generic;

namespace CloudPosture.Posture.Access;

/// <summary>Something that somebody may do.</summary>
/// <param name="Who">Who may.</param>
/// <param name="Action">The action as AWS spells it.</param>
/// <param name="Resource">The ARN, or the pattern of ARNs, that the action is allowed on.</param>
/// <param name="IsCertain">Whether that is so in any case; else it hangs on what nobody knows.</param>
/// <param name="DecidedBy">The statements that decide, as "policy: statement".</param>
/// <param name="HangsOn">The condition keys it hangs on; empty where it is certain.</param>
public sealed record AccessAnswer(AccessParty Who, string Action, string Resource, bool IsCertain, IReadOnlyList<string> DecidedBy, IReadOnlyList<string> HangsOn);
