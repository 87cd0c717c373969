using System;
using System.Collections.Generic;
using CloudPosture.Content;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Sandbox;

/// <summary>What organization the sandbox serves, and how.</summary>
public sealed record SandboxOptions
{
    /// <summary>Accounts of the organization, the management account included; at least 1.</summary>
    public int Accounts { get; init; } = 4;

    /// <summary>Enabled Regions of every account, 1–17; us-east-1 comes first.</summary>
    public int Regions { get; init; } = 3;

    /// <summary>The same seed gives the same organization.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Further good resources an account, spread over types and Regions, to make the organization large.</summary>
    public int ResourcesPerAccount { get; init; }

    /// <summary>False serves an organization without a single fault; the traps that must not fail stay.</summary>
    public bool PlantFaults { get; init; } = true;

    /// <summary>True adds ways from the Internet with known answers, which the list of what must fail does not count: see PathScenarios.</summary>
    public bool PlantPaths { get; init; }

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The sandbox's clock: signatures, expiry and buckets go by it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the ages of resources are counted from; null means the time of the start.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The most items a page holds, whatever the request asks for; 0 leaves it to the request.</summary>
    public int MaxPageSize { get; init; }

    /// <summary>Time added to every answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How often a role made while the sandbox runs refuses to be assumed before IAM has told STS of it; 0 for at once.</summary>
    public int RolePropagationAttempts { get; init; }

    /// <summary>How often a role made while the sandbox runs is not found by calls that change it, before IAM has spread it; 0 for at once.</summary>
    public int RoleAppearanceAttempts { get; init; }

    /// <summary>Token buckets; empty means no throttling. See <see cref="PublishedRates"/>.</summary>
    public IReadOnlyList<RateLimit> Rates { get; init; } = [];

    /// <summary>False keeps no record of calls, for long benchmarks.</summary>
    public bool RecordCalls { get; init; } = true;

    /// <summary>The services, their models and the resources to serve; its files must hold the cases, which a pack leaves out.</summary>
    public ContentSet Content { get; init; } = SandboxContent.Shipped;

    /// <summary>True fails with status 500 when an answer holds a member that the model does not know.</summary>
    public bool CheckAnswers { get; init; }
}
