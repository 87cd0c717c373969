using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Content.Cases;
using CloudPosture.Content.Catalog;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Networks;

namespace CloudPosture.Sandbox.Content;

/// <summary>A type that is served from its base resource: a good one in each cell, and the cases of its rules in turn.</summary>
internal sealed class ContentType
{
    private static readonly string[] Numbers = ["{n}", "{id}", "{uuid}"];
    private readonly JsonObject _base;
    private readonly IReadOnlyList<RuleCase> _cases;

    public ContentType(ServiceEntry service, ResourceEntry entry, JsonObject record, IReadOnlyList<RuleCase> cases, IReadOnlyList<RuleCase> places)
    {
        Service = service;
        Entry = entry;
        _base = record;
        _cases = cases;
        Resources = new ResourceType(entry.Type)
        {
            Fixed = IsSingle ? 0 : 1,
            IsGlobal = entry.IsGlobal || entry.IsDistinct,
            IsSingle = IsSingle,
            Id = IdOf,
            Good = (cell, index) => Fill(cell, index, _base),
            Variants = [.. cases.Select(given => new Variant(given.Verdict == CaseVerdict.Fail ? [given.RuleId] : [], (resource, cell, index) => Patch(resource, cell, index, given.Patch)))],
            Places =
            [
                .. places.Where(given => PatchOf(given) is not null || CanBeAbsent)
                    .Select(given => PatchOf(given) is { } patch ? new Variant([given.RuleId], (resource, cell, index) => Patch(resource, cell, index, patch)) : null),
            ],
        };
    }

    public ServiceEntry Service { get; }

    public ResourceEntry Entry { get; }

    public ResourceType Resources { get; }

    /// <summary>True where there is one record an account or Region.</summary>
    public bool IsSingle => Entry.List is null || Entry.List.Single || Entry.List.Items.IsRoot || !IsNumbered;

    /// <summary>Whether records tell themselves apart by their ids; AWS Config, for one, has one recorder a Region and calls it the same everywhere.</summary>
    private bool IsNumbered
    {
        get
        {
            var record = JsonSerializer.SerializeToElement(_base);
            return Entry.Id.Paths.Any(path => path.Find(record) is { ValueKind: JsonValueKind.String } id && Numbers.Any(hole => id.GetString()!.Contains(hole, StringComparison.Ordinal)));
        }
    }

    /// <summary>Whether AWS has an answer that tells that there is none.</summary>
    private bool CanBeAbsent => !IsSingle || (Entry.List ?? Entry.Calls.Select(call => (OperationEntry)call).FirstOrDefault())?.Absent.Count > 0;

    /// <summary>What a case of a whole account or Region changes in the one resource that there is; null where there is none.</summary>
    private static JsonObject? PatchOf(RuleCase given) => given.Patch.Count > 0 ? given.Patch : given.With.Count > 0 ? given.With[0].Value[0] : null;

    /// <summary>The whole record of a resource: what its list answers, and what its calls add.</summary>
    public JsonObject Record(Cell cell, int index) => Resources.Build(cell, index);

    /// <summary>Fills templates from a record, as a harvest does.</summary>
    public RecordScope Scope(Cell cell, JsonObject record) => new(cell, record);

    private string IdOf(Cell cell, int index) => IdOf(Scope(cell, Record(cell, index)));

    /// <summary>The id of a record.</summary>
    public string IdOf(RecordScope record) => Entry.Id.Render(record) ?? Entry.Arn.Render(record) ?? "";

    private void Patch(JsonObject resource, Cell cell, int index, JsonObject patch)
    {
        var patched = Fill(cell, index, CasePatch.Apply(_base, patch));
        resource.Clear();
        foreach (var member in patched.ToList())
        {
            patched.Remove(member.Key);
            resource[member.Key] = member.Value;
        }
    }

    /// <summary>A record with its holes filled for a cell.</summary>
    public static JsonObject Fill(Cell cell, int index, JsonObject record) => new CasePlace(
        cell.AccountId,
        cell.IsGlobal ? cell.Organization.Regions[0] : cell.Region,
        cell.Organization.Id,
        Cell.Number(index + 1),
        cell.Organization.Now)
    {
        Network = cell.IsGlobal ? null : NetworkService.PrivateNetwork(cell),
    }.Fill(record)!.AsObject();
}
