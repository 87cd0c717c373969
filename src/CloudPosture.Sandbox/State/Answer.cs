using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State;

/// <summary>A handler's answer: members that every page has, and lists that are paged.</summary>
internal sealed class Answer
{
    public JsonObject Body { get; init; } = [];

    /// <summary>The paged lists by their path in the output, in the order they are paged through.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<JsonNode> Items)> Lists { get; init; } = [];

    public static implicit operator Answer(JsonObject body) => new() { Body = body };

    public static Answer Of(string path, IReadOnlyList<JsonNode> items) => new() { Lists = [(path, items)] };
}
