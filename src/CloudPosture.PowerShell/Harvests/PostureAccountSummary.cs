using System;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Posture.Harvests;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>How harvesting and assessing one account went.</summary>
public sealed record PostureAccountSummary
{
    /// <summary>The account, 12 digits; empty where the connection could not be used and nobody knows which account it leads to.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The connection it was read through.</summary>
    public required string Connection { get; init; }

    /// <summary>How far it came.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Why it is not complete; empty where it is.</summary>
    public required string Failure { get; init; }

    /// <summary>Findings that pass.</summary>
    public int Passed { get; init; }

    /// <summary>Findings that fail.</summary>
    public int Failed { get; init; }

    /// <summary>Findings that fail and are critical.</summary>
    public int Critical { get; init; }

    /// <summary>Findings that fail and are high.</summary>
    public int High { get; init; }

    /// <summary>Findings that fail and are accepted.</summary>
    public int Excepted { get; init; }

    /// <summary>Findings that could not be assessed.</summary>
    public int NotAssessed { get; init; }

    /// <summary>Services that the harvest holds of the account.</summary>
    public required int Services { get; init; }

    /// <summary>Services that were left out because they are fresh enough.</summary>
    public required int Fresh { get; init; }

    /// <summary>Resources that the harvest holds of the account.</summary>
    public required long Resources { get; init; }

    /// <summary>Things that the harvest could not read.</summary>
    public required long Gaps { get; init; }

    /// <summary>Requests that this run sent, repetitions included.</summary>
    public required long Calls { get; init; }

    /// <summary>Answers of this run that said "slow down".</summary>
    public required long Throttled { get; init; }

    /// <summary>Requests of this run that repeated a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Answers of this run that refused for lack of a permission.</summary>
    public required long Denied { get; init; }

    /// <summary>Bytes that this run received.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long the services that this run read took together.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The slowest services of this run and their seconds.</summary>
    public required string SlowestServices { get; init; }

    /// <summary>The harvest; empty where there is no account to harvest.</summary>
    public required string HarvestId { get; init; }

    internal static PostureAccountSummary From(AccountOutcome outcome)
    {
        var (summary, findings) = outcome;
        return new PostureAccountSummary
        {
            AccountId = summary.AccountId,
            AccountName = summary.AccountName,
            Connection = summary.Connection,
            Status = summary.Status,
            Failure = CmdletAdvice.Told(summary.Failure ?? "", summary.Advice),
            Passed = findings.Passed,
            Failed = findings.Failed,
            Critical = findings.Critical,
            High = findings.High,
            Excepted = findings.Excepted,
            NotAssessed = findings.NotAssessed,
            Services = summary.Services,
            Fresh = summary.Fresh,
            Resources = summary.Resources,
            Gaps = summary.Gaps,
            Calls = summary.Calls,
            Throttled = summary.Throttled,
            Retried = summary.Retried,
            Denied = summary.Denied,
            Bytes = summary.Bytes,
            Duration = summary.Duration,
            SlowestServices = summary.SlowestServices,
            HarvestId = summary.HarvestId,
        };
    }
}
