using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>
/// A kind of resource that each cell has some of. Nothing is stored: a resource is made from its index whenever it is asked for.
/// The first <see cref="Fixed"/> indices are good, the next carry variants in turn over the cells, the rest are good again.
/// </summary>
internal sealed class ResourceType(string name)
{
    private const int CellsAPlace = 3;

    public string Name { get; } = name;

    /// <summary>True for resources of the account rather than of a Region.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>How many good resources lead.</summary>
    public int Fixed { get; init; }

    /// <summary>The share of an organization's additional resources that are of this type.</summary>
    public double Share { get; init; }

    /// <summary>True for what runs a customer's workloads, which a well-kept management account has none of.</summary>
    public bool IsWorkload { get; init; }

    /// <summary>Another type whose every resource has exactly one of this type.</summary>
    public ResourceType? Follows { get; init; }

    /// <summary>True where each cell has exactly one, which carries the variants in turn.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The id as the catalog names it.</summary>
    public required Func<Cell, int, string> Id { get; init; }

    /// <summary>How ids are compared.</summary>
    public StringComparison Comparison { get; init; } = StringComparison.Ordinal;

    /// <summary>Makes a good resource.</summary>
    public required Func<Cell, int, JsonObject> Good { get; init; }

    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>
    /// What cells may have in place of all else: one resource that differs so, or none at all where it is null. A third of the cells
    /// have one of these in turn, so that rules of a whole account or Region fail somewhere.
    /// </summary>
    public IReadOnlyList<Variant?> Places { get; init; } = [];

    /// <summary>The Region a finding is shown in, where that is not the cell's.</summary>
    public Func<Cell, int, string>? Region { get; init; }

    /// <summary>True where something else in the account makes a rule hold in spite of the resource's own fault.</summary>
    public Func<Cell, string, bool>? IsShielded { get; init; }

    public int Count(Cell cell)
    {
        if (IsWorkload && cell.Account.IsManagement && !cell.Organization.HasManagementWorkload)
        {
            return 0;
        }

        if (HasPlace(cell, out var place))
        {
            return place is null ? 0 : 1;
        }

        return IsSingle ? 1 : Follows?.Count(cell) ?? Fixed + Slots(cell) + Additional(cell);
    }

    public JsonObject Build(Cell cell, int index)
    {
        var resource = Good(cell, index);
        VariantOf(cell, index)?.Apply(resource, cell, index);
        return resource;
    }

    /// <summary>The index of the resource with an id, or -1 where the cell has none.</summary>
    public int IndexOf(Cell cell, string id) => cell.Organization.Index.Find(this, cell, id);

    public IReadOnlyList<JsonNode> All(Cell cell) => new LazyList(Count(cell), index => Build(cell, index));

    public IEnumerable<PlantedFinding> Planted(Cell cell)
    {
        var last = IsSingle ? 1 : Math.Min(Count(cell), Fixed + Slots(cell));
        return from index in Enumerable.Range(0, last)
               from rule in VariantOf(cell, index)?.Rules ?? []
               where IsShielded?.Invoke(cell, rule) != true
               select new PlantedFinding(cell.AccountId, Region?.Invoke(cell, index) ?? cell.Region, rule, Id(cell, index));
    }

    /// <summary>The variant a resource carries; null for a good one.</summary>
    public Variant? VariantOf(Cell cell, int index)
    {
        if (HasPlace(cell, out var place))
        {
            return place;
        }

        var slots = Slots(cell);
        var slot = index - Fixed;
        if (IsSingle)
        {
            return SingleVariant(cell);
        }

        if (slot < 0 || slot >= slots)
        {
            return null;
        }

        var start = (int)(Mix.Hash((ulong)cell.Organization.Seed, Name) % (ulong)Variants.Count);
        var variant = Variants[(start + cell.Ordinal * slots + slot) % Variants.Count];
        return variant.Rules.Count == 0 || cell.Organization.HasFaults ? variant : null;
    }

    private bool HasPlace(Cell cell, out Variant? place)
    {
        place = null;
        if (Places.Count == 0 || !cell.Organization.HasFaults)
        {
            return false;
        }

        var turn = cell.Ordinal + (int)(Mix.Hash((ulong)cell.Organization.Seed, Name + " place") % (ulong)(CellsAPlace * Places.Count));
        place = Places[turn / CellsAPlace % Places.Count];
        return turn % CellsAPlace == 0;
    }

    /// <summary>Every other cell is good; the rest carry the variants in turn.</summary>
    private Variant? SingleVariant(Cell cell) =>
        Variants.Count > 0 && cell.Organization.HasFaults && cell.Ordinal % 2 == 1 ? Variants[cell.Ordinal / 2 % Variants.Count] : null;

    /// <summary>Enough that every variant comes about twice in a small organization, and one a cell in a large one.</summary>
    private int Slots(Cell cell)
    {
        var cells = cell.Organization.Accounts.Count * (IsGlobal ? 1 : cell.Organization.Regions.Count);
        return (2 * Variants.Count + cells - 1) / cells;
    }

    private int Additional(Cell cell)
    {
        var wanted = cell.Organization.ResourcesPerAccount * Share;
        return (int)Math.Round(IsGlobal ? wanted : wanted / cell.Organization.Regions.Count);
    }
}
