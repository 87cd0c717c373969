using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Data;

/// <summary>
/// <c>tagCount</c>, with <c>field</c>: the member that holds the tags, as a list of pairs or as a mapping. The number of tags that
/// the owner set; those whose key starts with aws: are set by AWS. Evidence: the keys.
/// </summary>
internal sealed class TagCount(YamlMap arguments) : DerivedFunction
{
    private const string SystemPrefix = "aws:";
    private static readonly string[] KeyNames = ["Key", "key", "TagKey"];
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        switch (_field.Resolve(subject, out var value))
        {
            case FieldState.Unreadable:
                return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {_field.WhyUnreadable(subject)}" : null);
            case FieldState.Absent:
                return DerivedValue.Of(0, explain ? "there are no tags" : null);
            default:
                var keys = Keys(value.Json);
                return DerivedValue.Of(keys.Length, !explain ? null : keys.Length == 0 ? "there are no tags but those of AWS" : "tags: " + string.Join(", ", keys));
        }
    }

    private static string[] Keys(JsonElement tags)
    {
        var keys = tags.ValueKind switch
        {
            JsonValueKind.Object => tags.EnumerateObject().Select(tag => tag.Name),
            JsonValueKind.Array => tags.EnumerateArray().Select(tag => KeyNames.Select(name => tag.Text(name)).FirstOrDefault(key => key is not null)).OfType<string>(),
            _ => [],
        };
        return [.. keys.Where(key => !key.StartsWith(SystemPrefix, StringComparison.OrdinalIgnoreCase))];
    }
}
