using System;
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

    /// <summary>For one that stands for several: what was tried, separated by semicolons.</summary>
    public string Covers { get; init; } = "";

    /// <summary>One for all that works, and one for each thing that does not or should be changed.</summary>
    internal static IEnumerable<PostureConnectionCheck> Briefly(ConnectionDiagnosis diagnosis)
    {
        var well = diagnosis.Checks.Where(check => check.Status is CheckStatus.Passed or CheckStatus.Skipped).ToList();
        var rest = diagnosis.Checks.Except(well).ToList();
        var summary = new ConnectionCheck { Name = rest.Count == 0 ? "All" : "All others", Detail = Told(diagnosis, well) };
        return rest.Select(check => From(diagnosis, check)).Prepend(From(diagnosis, summary) with
        {
            Covers = string.Join("; ", well.Select(check => check.Name)),
        });
    }

    /// <summary>One for each thing that was tried.</summary>
    internal static IEnumerable<PostureConnectionCheck> Each(ConnectionDiagnosis diagnosis) => diagnosis.Checks.Select(check => From(diagnosis, check));

    private static PostureConnectionCheck From(ConnectionDiagnosis diagnosis, ConnectionCheck check) => new()
    {
        Connection = diagnosis.ConnectionName,
        Check = check.Name,
        Status = check.Status,
        Detail = check.Detail,
        Recommendation = CmdletAdvice.Whole(check.Advice),
        AccountId = diagnosis.AccountId ?? "",
        Identity = diagnosis.Identity ?? "",
    };

    private static string Told(ConnectionDiagnosis diagnosis, IReadOnlyList<ConnectionCheck> well)
    {
        var passed = well.Where(check => check.Status == CheckStatus.Passed).ToList();
        var services = passed.Count(check => check.Name.StartsWith(ConnectionCheck.ServicePrefix, StringComparison.Ordinal));
        var told = new List<string?>
        {
            diagnosis.Identity is { } identity ? $"Account {diagnosis.AccountId} is reached as {identity}." : null,
            passed.Find(check => check.Name == ConnectionCheck.Organization)?.Detail,
            passed.Exists(check => check.Name.EndsWith(ConnectionCheck.ExternalId, StringComparison.Ordinal)) ? "The external ID is enforced." : null,
            services > 0 ? $"{services} services can be read." : null,
            passed.Find(check => check.Name == ConnectionCheck.Members)?.Detail,
            passed.Count < well.Count ? $"{well.Count - passed.Count} of {diagnosis.Checks.Count} checks could not be tried or do not apply." : null,
            $"{passed.Count} of {diagnosis.Checks.Count} checks passed.",
        };
        return string.Join(" ", told.OfType<string>());
    }
}
