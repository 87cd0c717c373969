using System;
using System.Collections.Generic;
using CloudPosture.Lake;

namespace CloudPosture.Assessment;

/// <summary>What an assessment may know beyond the account itself.</summary>
public sealed record AssessmentOptions
{
    /// <summary>Benchmarks whose requirements without rules give findings of status Manual.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; init; } = [];

    /// <summary>Failures that are accepted.</summary>
    public ExceptionList Exceptions { get; init; } = ExceptionList.Empty;

    /// <summary>The accounts, 12 digits each, that belong to the same owner; trusting them needs no external ID.</summary>
    public IReadOnlyCollection<string> KnownAccounts { get; init; } = [];

    /// <summary>The catalog's names of the services that findings are wanted about; what the lake knows of others is looked at where rules need it. Null for all.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>Since when a finding, by its id, has had a status; null where it had another before, or none. Null: nothing is known of earlier assessments.</summary>
    public Func<string, FindingStatus, DateTimeOffset?>? FirstSeen { get; init; }
}
