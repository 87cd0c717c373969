using CloudPosture.Assessment.Access;
using CloudPosture.Posture.Access;

namespace CloudPosture.PowerShell.Access;

/// <summary>Something that somebody may do, as the pipeline sees it.</summary>
public sealed record PostureAccess
{
    /// <summary>Who may, in a few words.</summary>
    public required string PrincipalName { get; init; }

    /// <summary>What kind of principal it is.</summary>
    public required IdentityKind PrincipalType { get; init; }

    /// <summary>The ARN; the name of a service or provider; <c>*</c> for everyone.</summary>
    public required string PrincipalArn { get; init; }

    /// <summary>The principal's account, 12 digits; empty for those who have none.</summary>
    public required string AccountId { get; init; }

    /// <summary>The action as AWS spells it.</summary>
    public required string Action { get; init; }

    /// <summary>The ARN, or the pattern of ARNs, that the action is allowed on.</summary>
    public required string Resource { get; init; }

    /// <summary>Whether the action is allowed in any case, or under conditions that no harvest shows.</summary>
    public required PostureCertainty Access { get; init; }

    /// <summary>The statements that decide, separated by semicolons.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>The condition keys it hangs on, separated by semicolons; empty where it is certain.</summary>
    public required string Conditions { get; init; }

    internal static PostureAccess From(AccessAnswer answer) => new()
    {
        PrincipalName = answer.Who.Label,
        PrincipalType = answer.Who.Kind,
        PrincipalArn = answer.Who.Arn,
        AccountId = answer.Who.AccountId,
        Action = answer.Action,
        Resource = answer.Resource,
        Access = answer.IsCertain ? PostureCertainty.Certain : PostureCertainty.Conditional,
        DecidedBy = string.Join("; ", answer.DecidedBy),
        Conditions = string.Join("; ", answer.HangsOn),
    };
}
