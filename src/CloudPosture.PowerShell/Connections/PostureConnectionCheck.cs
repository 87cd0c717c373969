using System.Collections.Generic;
using System.Linq;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Connections;

/// <summary>One thing that was tried with a connection.</summary>
public sealed record PostureConnectionCheck
{
    /// <summary>The connection's name.</summary>
    public required string Connection { get; init; }

    /// <summary>What was tried.</summary>
    public required string Check { get; init; }

    /// <summary>How it went.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do; empty where there is nothing to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The account reached; empty where none was.</summary>
    public required string AccountId { get; init; }

    /// <summary>The ARN of the identity reached; empty where none was.</summary>
    public required string Identity { get; init; }

    internal static IEnumerable<PostureConnectionCheck> From(ConnectionDiagnosis diagnosis) => diagnosis.Checks.Select(check => new PostureConnectionCheck
    {
        Connection = diagnosis.ConnectionName,
        Check = check.Name,
        Status = check.Status,
        Detail = check.Detail,
        Recommendation = CmdletAdvice.Whole(check.Advice),
        AccountId = diagnosis.AccountId ?? "",
        Identity = diagnosis.Identity ?? "",
    });
}
