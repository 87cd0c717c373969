using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>secrets</c>, with <c>field</c>: how many secrets the harvest found at or below a member that service.yaml names as sensitive; the lake
/// holds the judgement alone. Absent members hold none. Evidence: each one's place and kind.
/// </summary>
internal sealed class SecretCount(YamlMap arguments) : DerivedFunction
{
    private const int MaxDepth = 64;
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        switch (_field.Resolve(subject, out var value))
        {
            case FieldState.Unreadable:
                return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {_field.WhyUnreadable(subject)}" : null);
            case FieldState.Absent:
                return DerivedValue.Of(0.0, explain ? $"{_field.Text} is absent" : null);
        }

        var found = new List<string>();
        Collect(value.Json, _field.Text, found, 0);
        return DerivedValue.Of((double)found.Count, !explain ? null : found.Count == 0 ? $"{_field.Text} holds no secret" : string.Join("; ", found));
    }

    private static void Collect(JsonElement json, string path, List<string> found, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.Object when json.Text("Secret") is { } kind && json.Member("Length") is not null:
                found.Add(json.Member("Line") is { } line ? $"{path}, line {line.GetRawText()}: {kind}" : $"{path}: {kind}");
                break;
            case JsonValueKind.Object:
                var name = json.Text("name") ?? json.Text("Name") ?? json.Text("key") ?? json.Text("Key") ?? json.Text("ParameterKey") ?? json.Text("OutputKey");
                foreach (var member in json.EnumerateObject())
                {
                    Collect(member.Value, name is null ? $"{path}.{member.Name}" : $"{path}.{name}", found, depth + 1);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in json.EnumerateArray())
                {
                    Collect(element, path, found, depth + 1);
                }

                break;
        }
    }
}
