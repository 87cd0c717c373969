using System.Collections.Generic;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Assessment;

/// <summary>What an assessment may know beyond the account itself.</summary>
public sealed record AssessmentOptions
{
    /// <summary>Benchmarks whose requirements without rules give findings of status Manual.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; init; } = [];

    /// <summary>The accounts, 12 digits each, that belong to the same owner; trusting them needs no external ID.</summary>
    public IReadOnlyCollection<string> KnownAccounts { get; init; } = [];

    /// <summary>The catalog's names of the services that findings are wanted about; what the lake knows of others is looked at where rules need it. Null for all.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>What accounts that manage organizations say of them and of their control policies; nothing else of these accounts is looked at.</summary>
    public IReadOnlyList<IAccountSnapshot> Organization { get; init; } = [];
}
