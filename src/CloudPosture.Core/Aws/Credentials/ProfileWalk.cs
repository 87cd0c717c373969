using System;
using System.Collections.Generic;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Aws.Credentials;

/// <summary>The way from a profile to the credentials that its roles are entered with.</summary>
/// <param name="Files">The profiles.</param>
/// <param name="Endpoints">What the profile that was asked for says of endpoints, which goes for all of the way.</param>
internal sealed record ProfileWalk(ProfileFiles Files, EndpointSettings? Endpoints)
{
    /// <summary>The profiles so far that enter roles.</summary>
    public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);
}
