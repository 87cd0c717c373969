using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>Finds where two JSON values differ; the order of members does not count, numbers are compared by value.</summary>
internal static class JsonDifference
{
    public static IEnumerable<string> Find(string path, JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key)).SelectMany(name =>
            !right.ContainsKey(name) ? [$"{path}.{name} is missing; it is {Shown(left[name])}"]
            : !left.ContainsKey(name) ? [$"{path}.{name} should not be there; it is {Shown(right[name])}"]
            : Find($"{path}.{name}", left[name], right[name])),
        (JsonArray left, JsonArray right) when left.Count == right.Count =>
            Enumerable.Range(0, left.Count).SelectMany(index => Find($"{path}[{index}]", left[index], right[index])),
        _ when IsSame(expected, actual) => [],
        _ => [$"{path} is {Shown(actual)} instead of {Shown(expected)}"],
    };

    private static bool IsSame(JsonNode? expected, JsonNode? actual) =>
        expected?.GetValueKind() == JsonValueKind.Number && actual?.GetValueKind() == JsonValueKind.Number
            ? expected.Deserialize<double>().Equals(actual.Deserialize<double>())
            : JsonNode.DeepEquals(expected, actual) || IsSameTime(expected, actual);

    // botocore reads seconds since 1970 as a binary fraction, whose last microsecond falls to either side; we read the digits.
    private static bool IsSameTime(JsonNode? expected, JsonNode? actual) =>
        Time(expected) is { } left && Time(actual) is { } right && (left - right).Duration() <= TimeSpan.FromMicroseconds(1);

    private static DateTimeOffset? Time(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParseExact(value.GetValue<string>(), "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "null";
}
