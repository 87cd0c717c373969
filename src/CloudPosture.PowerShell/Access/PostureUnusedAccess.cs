using System;
using CloudPosture.Assessment.Access;
using CloudPosture.Posture.Access;

namespace CloudPosture.PowerShell.Access;

/// <summary>A service that a user or role may use and does not, as the pipeline sees it.</summary>
public sealed record PostureUnusedAccess
{
    /// <summary>Who may, in a few words.</summary>
    public required string PrincipalName { get; init; }

    /// <summary>A user or a role.</summary>
    public required IdentityKind PrincipalType { get; init; }

    /// <summary>The ARN.</summary>
    public required string PrincipalArn { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The service as actions begin.</summary>
    public required string Service { get; init; }

    /// <summary>The service's name.</summary>
    public required string ServiceName { get; init; }

    /// <summary>When it was last used, in UTC; nothing for never, as far back as IAM tells.</summary>
    public required DateTime? LastAccessed { get; init; }

    /// <summary>The patterns of actions that allow it, separated by semicolons.</summary>
    public required string Action { get; init; }

    /// <summary>Whether one of them is allowed in any case, or all under conditions that no harvest shows.</summary>
    public required PostureCertainty Access { get; init; }

    /// <summary>The statements that allow it, separated by semicolons.</summary>
    public required string GrantedBy { get; init; }

    /// <summary>When IAM told of it, in UTC.</summary>
    public required DateTime AsOf { get; init; }

    internal static PostureUnusedAccess From(UnusedAccess unused) => new()
    {
        PrincipalName = unused.Who.Label,
        PrincipalType = unused.Who.Kind,
        PrincipalArn = unused.Who.Arn,
        AccountId = unused.Who.AccountId,
        Service = unused.Service,
        ServiceName = unused.ServiceName,
        LastAccessed = unused.LastUsed?.UtcDateTime,
        Action = string.Join("; ", unused.Actions),
        Access = unused.IsCertain ? PostureCertainty.Certain : PostureCertainty.Conditional,
        GrantedBy = string.Join("; ", unused.GrantedBy),
        AsOf = unused.AsOf.UtcDateTime,
    };
}
