using System;
using System.Collections.Generic;

namespace CloudPosture.Posture.Access;

/// <summary>A service that a user or role may use, and never did, or not for long.</summary>
/// <param name="Who">The user or role.</param>
/// <param name="Service">The service as actions begin (<c>s3</c>).</param>
/// <param name="ServiceName">The service's name.</param>
/// <param name="LastUsed">When it was last used, in UTC; null for never, as far back as IAM tells.</param>
/// <param name="Actions">The patterns of actions that allow it, as the policies write them.</param>
/// <param name="IsCertain">Whether one of them is allowed in any case; else all hang on what nobody knows.</param>
/// <param name="GrantedBy">The statements that allow it, as "policy: statement".</param>
/// <param name="AsOf">When IAM told of it, in UTC.</param>
public sealed record UnusedAccess(
    AccessParty Who, string Service, string ServiceName, DateTimeOffset? LastUsed, IReadOnlyList<string> Actions, bool IsCertain, IReadOnlyList<string> GrantedBy, DateTimeOffset AsOf);
