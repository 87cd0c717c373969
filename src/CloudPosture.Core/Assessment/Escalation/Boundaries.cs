using System.Collections.Generic;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Tells which principals are administrators, and whose permissions boundary would let them be.</summary>
internal sealed class Boundaries(IdentityEstate estate, ActionIndex actions)
{
    private readonly Dictionary<AccessPolicy, bool> _open = [];

    /// <summary>Whether a boundary keeps nothing back.</summary>
    public bool AllowsEverything(Identity identity)
    {
        if (identity.Boundary is not { } boundary)
        {
            return true;
        }

        if (!_open.TryGetValue(boundary, out var isOpen))
        {
            _open[boundary] = isOpen = boundary.Statements is { } statements && IdentityPolicy.FullAdmin(statements, OwnerOf(identity), out _) is not null;
        }

        return isOpen;
    }

    /// <summary>Whether an identity may do everything.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="held">What it holds at most.</param>
    public bool IsAdministrator(Identity identity, ulong[] held) =>
        actions.HoldsAnything(held) && AllowsEverything(identity) && IdentityPolicy.FullAdmin([.. identity.Statements], OwnerOf(identity), out _) is not null;

    private Owner OwnerOf(Identity identity)
    {
        var account = estate.Account(identity.AccountId);
        return new Owner(identity.AccountId, account?.Partition ?? "aws") { OrganizationId = account?.OrganizationId, IsOrganizationKnown = account?.IsOrganizationKnown == true };
    }
}
