using System.Collections.Generic;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Tells which principals are administrators, and whose permissions boundary would let them be. What was not read, or is too hard to tell, is neither.</summary>
internal sealed class Boundaries(IdentityEstate estate, ActionIndex actions)
{
    private readonly Dictionary<AccessPolicy, bool?> _open = [];

    /// <summary>Whether a boundary keeps nothing back; null where that cannot be told.</summary>
    public bool? AllowsEverything(Identity identity)
    {
        if (identity.Boundary is not { } boundary)
        {
            return true;
        }

        if (!_open.TryGetValue(boundary, out var isOpen))
        {
            _open[boundary] = isOpen = boundary.Statements is { } statements ? IsWhole(statements, identity) : null;
        }

        return isOpen;
    }

    /// <summary>Why it cannot be told whether a boundary keeps nothing back; null where it can.</summary>
    public string? DoubtOf(Identity identity) => AllowsEverything(identity) is not null ? null
        : $"the boundary {identity.Boundary!.Name} could not be {(identity.Boundary.Statements is null ? "read" : "judged")}";

    /// <summary>Whether an identity may do everything; null where that cannot be told.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="held">What it holds at most.</param>
    public bool? IsAdministrator(Identity identity, ulong[] held)
    {
        var open = actions.HoldsAnything(held) ? AllowsEverything(identity) : false;
        return open == false ? false : IsWhole([.. identity.Statements], identity) is var whole && whole == true ? open : whole;
    }

    private bool? IsWhole(IReadOnlyList<Statement> statements, Identity identity) =>
        IdentityPolicy.FullAdmin(statements, OwnerOf(identity), out var isUndecided) is not null ? true : isUndecided ? null : false;

    private Owner OwnerOf(Identity identity)
    {
        var account = estate.Account(identity.AccountId);
        return new Owner(identity.AccountId, account?.Partition ?? "aws") { OrganizationId = account?.OrganizationId, IsOrganizationKnown = account?.IsOrganizationKnown == true };
    }
}
