using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>One thing that was tried with a connection.</summary>
public sealed record ConnectionCheck
{
    /// <summary>How the check of a service begins.</summary>
    public const string ServicePrefix = "Service: ";

    /// <summary>The check whether the accounts of an organization can be listed.</summary>
    public const string Organization = "Organization";

    /// <summary>The check that says which members were entered.</summary>
    public const string Members = "Members";

    /// <summary>The check whether a role asks for the external ID; for one on the way or a member's, the end of its name.</summary>
    public const string ExternalId = "External ID";

    /// <summary>What was tried; for a service <c>Service: s3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it went.</summary>
    public CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do; empty where there is nothing to do.</summary>
    public string Recommendation => Advice?.Text ?? "";

    /// <summary>The same, with the id by which a host finds the command that does it; null where there is nothing to do.</summary>
    public Advice? Advice { get; init; }

    /// <summary>A thing that works.</summary>
    internal static ConnectionCheck Passed(string name, string detail) => new() { Name = name, Detail = detail };

    /// <summary>A thing that was not tried.</summary>
    internal static ConnectionCheck Skipped(string name, string detail) => new() { Name = name, Status = CheckStatus.Skipped, Detail = detail };

    /// <summary>A thing that works and could be better.</summary>
    internal static ConnectionCheck Warning(string name, string detail, string advice) => Warning(name, detail, new Advice(advice));

    /// <inheritdoc cref="Warning(string, string, string)"/>
    internal static ConnectionCheck Warning(string name, string detail, Advice advice) => new() { Name = name, Status = CheckStatus.Warning, Detail = detail, Advice = advice };

    /// <summary>A thing that does not work.</summary>
    internal static ConnectionCheck Failed(string name, string detail, string advice) => Failed(name, detail, new Advice(advice));

    /// <inheritdoc cref="Failed(string, string, string)"/>
    internal static ConnectionCheck Failed(string name, string detail, Advice advice) => new() { Name = name, Status = CheckStatus.Failed, Detail = detail, Advice = advice };
}
