using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>The findings that were imported into AWS Security Hub.</summary>
internal sealed class HubFindings
{
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Id), JsonObject> _findings = new();

    public void Put(Cell cell, string id, JsonObject finding) => _findings[(cell.AccountId, cell.Region, id)] = finding;

    public IReadOnlyList<JsonNode> Of(Cell cell, Func<JsonObject, bool> matches) =>
        [.. _findings.Where(entry => entry.Key.AccountId == cell.AccountId && entry.Key.Region == cell.Region && matches(entry.Value))
            .OrderBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .Select(entry => entry.Value.DeepClone())];
}
