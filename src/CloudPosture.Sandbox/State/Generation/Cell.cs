using System.Globalization;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>One account in one Region, or an account's global part: where resources are generated.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Account">The account.</param>
/// <param name="RegionIndex">The Region's index; -1 for the global part.</param>
internal sealed record Cell(SandboxOrganization Organization, SandboxAccount Account, int RegionIndex)
{
    private ulong? _hash;

    public bool IsGlobal => RegionIndex < 0;

    /// <summary>The Region; <c>global</c> for the global part.</summary>
    public string Region => IsGlobal ? "global" : Organization.Regions[RegionIndex];

    public string AccountId => Account.Id;

    /// <summary>The account's home Region, where its trail, alarms and topic are.</summary>
    public bool IsHome => RegionIndex == 0;

    /// <summary>This cell's number among those of its kind.</summary>
    public int Ordinal => IsGlobal ? Account.Index : Account.Index * Organization.Regions.Count + RegionIndex;

    public ulong Hash(string type, int index) =>
        Mix.Spread(Mix.Hash(_hash ??= Mix.Hash((ulong)Organization.Seed, AccountId + Region), type) + (ulong)index);

    /// <summary>An id such as <c>sg-0123456789abcdef0</c>.</summary>
    public string Id(string prefix, string type, int index) => prefix + Mix.Hex(Hash(type, index), 17);

    public string Uuid(string type, int index)
    {
        var hex = Mix.Hex(Hash(type, index), 32);
        return $"{hex[..8]}-{hex[8..12]}-4{hex[13..16]}-a{hex[17..20]}-{hex[20..32]}";
    }

    public string Arn(string service, string resource) => $"arn:aws:{service}:{(IsGlobal ? "" : Region)}:{AccountId}:{resource}";

    /// <summary>A moment some days before the organization's now.</summary>
    public string DaysAgo(double days) => WireTime.Text(Organization.Now.AddDays(-days));

    /// <summary>A moment between two ages, fixed by type and index.</summary>
    public string DaysAgo(string type, int index, int least, int most) =>
        DaysAgo(least + (double)(Hash(type + "-age", index) % 100_000) / 100_000 * (most - least));

    public string Zone(int index) => Region + (char)('a' + index % 3);

    public Cell InRegion(int index) => this with { RegionIndex = index };

    public bool Fails(string rule) => CellFaults.Fails(this, rule);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
