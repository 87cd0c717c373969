using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>Short forms for the JSON that resources are made of.</summary>
internal static class Json
{
    // Tags that must be shown harmlessly by whatever lists them; AWS allows them all.
    private static readonly string[] HostileValues =
    [
        "##vso[task.setvariable variable=PATH]owned", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
        "\u202Egnp.exe", "'; DROP TABLE findings;--", "$(Remove-Item -Recurse /)",
    ];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray List(params IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray Texts(params IEnumerable<string> items) => new([.. items.Select(item => (JsonNode?)JsonValue.Create(item))]);

    /// <summary>Tags as lists of Key and Value; one resource in eleven has a hostile one.</summary>
    public static JsonArray Tags(Cell cell, string type, int index, string? name = null)
    {
        var tags = new JsonArray();
        foreach (var (key, value) in TagMap(cell, type, index, name))
        {
            tags.Add(new JsonObject { ["Key"] = key, ["Value"] = value?.DeepClone() });
        }

        return tags;
    }

    public static JsonObject TagMap(Cell cell, string type, int index, string? name = null)
    {
        var hash = cell.Hash(type + "-tags", index);
        var tags = new JsonObject
        {
            ["Environment"] = (hash % 3) switch { 0 => "production", 1 => "staging", _ => "development" },
            ["CostCenter"] = "CC-" + hash % 900,
        };
        if (name is not null)
        {
            tags["Name"] = name;
        }

        if (hash % 11 == 0)
        {
            tags["Note"] = HostileValues[hash / 11 % (ulong)HostileValues.Length];
        }

        return tags;
    }

    /// <summary>A policy document as text, as APIs carry it.</summary>
    public static string Policy(params IEnumerable<JsonNode> statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = List(statements) }.ToJsonString(Compact);

    /// <summary>A policy statement.</summary>
    /// <param name="effect">Allow or Deny.</param>
    /// <param name="principal">Who; null for identity policies.</param>
    /// <param name="action">What.</param>
    /// <param name="resource">On what; null for trust policies.</param>
    /// <param name="condition">When; null for always.</param>
    public static JsonObject Statement(string effect, JsonNode? principal, JsonNode action, JsonNode? resource = null, JsonNode? condition = null)
    {
        var statement = new JsonObject { ["Effect"] = effect };
        if (principal is not null)
        {
            statement["Principal"] = principal;
        }

        statement["Action"] = action;
        if (resource is not null)
        {
            statement["Resource"] = resource;
        }

        if (condition is not null)
        {
            statement["Condition"] = condition;
        }

        return statement;
    }

    public static JsonObject Principal(string kind, string value) => new() { [kind] = value };

    public static JsonObject Condition(string test, string key, string value) => new() { [test] = new JsonObject { [key] = value } };

    /// <summary>A copy of some members.</summary>
    public static JsonObject Pick(JsonObject from, params ReadOnlySpan<string> members)
    {
        var picked = new JsonObject();
        foreach (var member in members)
        {
            if (from[member] is { } value)
            {
                picked[member] = value.DeepClone();
            }
        }

        return picked;
    }
}
