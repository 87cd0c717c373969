using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Content;
using CloudPosture.Sandbox.Content;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox;

/// <summary>The synthetic organization: its accounts and Regions, the keys to it, and what is wrong in it.</summary>
public sealed class SandboxOrganization
{
    /// <summary>The role in each account that the management account may assume with <see cref="ExternalId"/>.</summary>
    public const string ReaderRole = "CloudPostureReadOnly";

    internal const string OperatorUser = "posture-operator";
    internal const string AdministratorUser = "posture-administrator";

    private static readonly string[] AllRegions =
    [
        "us-east-1", "eu-west-1", "eu-central-1", "us-west-2", "us-east-2", "ap-southeast-2", "ap-northeast-1", "eu-north-1", "ca-central-1",
        "sa-east-1", "ap-south-1", "ap-southeast-1", "eu-west-2", "eu-west-3", "us-west-1", "ap-northeast-2", "ap-northeast-3",
    ];

    private static readonly string[] Units = ["Security", "Production", "Development", "Sandbox"];
    private readonly Dictionary<string, SandboxAccount> _byId;

    internal SandboxOrganization(SandboxOptions options)
    {
        Content = options.Content;
        Types = ContentTypes.Of(Content);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Accounts, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Regions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Regions, AllRegions.Length, nameof(options));
        Seed = options.Seed;
        HasFaults = options.PlantFaults;
        ResourcesPerAccount = options.ResourcesPerAccount;
        var now = options.Now ?? options.TimeProvider.GetUtcNow();
        Now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        Regions = AllRegions[..options.Regions];
        Accounts = [.. Enumerable.Range(0, options.Accounts).Select(NewAccount)];
        _byId = Accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);
        Id = "o-" + Mix.Hex(Mix.Hash((ulong)Seed, "organization"), 10);
        ExternalId = "posture-" + Mix.Hex(Mix.Hash((ulong)Seed, "external-id"), 24);
        OperatorKey = NewKey("operator");
        AdministratorKey = NewKey("administrator");
    }

    /// <summary>The organization's id (<c>o-…</c>).</summary>
    public string Id { get; }

    /// <summary>All accounts; the first is the management account.</summary>
    public IReadOnlyList<SandboxAccount> Accounts { get; }

    /// <summary>The enabled Regions of every account; the first is the home Region.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>The external ID that the reader roles ask for.</summary>
    public string ExternalId { get; }

    /// <summary>A user of the management account that may read it and assume the reader roles.</summary>
    public SandboxKey OperatorKey { get; }

    /// <summary>A user of the management account that may also write.</summary>
    public SandboxKey AdministratorKey { get; }

    /// <summary>What resources' ages are counted from.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Every rule that must fail, and where; nothing else may fail.</summary>
    public IReadOnlyList<PlantedFinding> Planted => field ??=
        Caller is { } caller ? [.. Expectation.OfAsync(this, caller, CancellationToken.None).GetAwaiter().GetResult()] : [.. Placed];

    /// <summary>The faults that were placed on purpose; some of them make other rules fail as well, and those are in <see cref="Planted"/> alone.</summary>
    public IReadOnlyList<PlantedFinding> Placed => field ??= [.. Accounts.SelectMany(PlantedIn)];

    /// <summary>Asks the state itself; null where nothing serves the organization.</summary>
    internal DirectCaller? Caller { get; set; }

    internal ContentSet Content { get; }

    /// <summary>The types that are served from the content alone.</summary>
    internal ContentTypes Types { get; }

    internal ResourceIndex Index { get; } = new();

    internal int Seed { get; }

    internal bool HasFaults { get; }

    internal int ResourcesPerAccount { get; }

    internal bool HasManagementWorkload => HasFaults;

    internal SandboxAccount Management => Accounts[0];

    internal static IReadOnlyList<string> UnitNames => Units;

    /// <summary>Finds an account.</summary>
    /// <returns>The account, or null where the organization has none of that id.</returns>
    public SandboxAccount? Find(string id) => _byId.GetValueOrDefault(id);

    internal Cell Global(SandboxAccount account) => new(this, account, -1);

    internal Cell? CellOf(string accountId, string region)
    {
        var index = Enumerable.Range(0, Regions.Count).FirstOrDefault(index => Regions[index] == region, -1);
        return index >= 0 && Find(accountId) is { } account ? new Cell(this, account, index) : null;
    }

    private IEnumerable<PlantedFinding> PlantedIn(SandboxAccount account) =>
        Enumerable.Range(-1, Regions.Count + 1)
            .Select(region => new Cell(this, account, region))
            .SelectMany(cell => CellFaults.Planted(cell).Concat(ServiceCatalog.Types.Concat(Types.All.Select(type => type.Resources))
                .Where(type => type.IsGlobal == cell.IsGlobal)
                .SelectMany(type => type.Planted(cell))));

    private SandboxAccount NewAccount(int index)
    {
        var digits = 100_000_000_000 + Mix.Hash((ulong)Seed, "account" + index) % 900_000_000_000;
        var unit = (index - 1) % Units.Length;
        return new SandboxAccount(
            index,
            digits.ToString(System.Globalization.CultureInfo.InvariantCulture),
            index == 0 ? "management" : $"{Units[unit].ToLowerInvariant()}-{(index - 1) / Units.Length + 1}",
            index == 0 ? -1 : unit);
    }

    private SandboxKey NewKey(string user)
    {
        var hash = Mix.Hash((ulong)Seed, user + "-key");
        return new SandboxKey("AKIA" + Mix.Letters(hash, 16), Mix.Letters(Mix.Spread(hash), 40));
    }
}
