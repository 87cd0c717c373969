using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>tagCount</c>, with <c>field</c>: the member that the tags were read into. The number of tags that the owner gave; those of
/// AWS itself (<c>aws:…</c>) do not count, for nobody decides about them. Evidence: the keys.
/// </summary>
internal sealed class TagCount(YamlMap arguments) : DerivedFunction
{
    private const string AwsPrefix = "aws:";
    private const int MaxShown = 5;
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_field.Resolve(subject, out _) == FieldState.Unreadable)
        {
            return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {Conditions.Evidence.Of(_field.GapOf(subject)!)}" : null);
        }

        var keys = subject.Resource.Tags.Keys.Where(key => !key.StartsWith(AwsPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        return DerivedValue.Of(keys.Count, explain ? Describe(keys) : null);
    }

    private static string Describe(List<string> keys) => keys.Count switch
    {
        0 => "there is no tag",
        <= MaxShown => "tags: " + string.Join(", ", keys.OrderBy(key => key, StringComparer.Ordinal)),
        _ => $"tags: {string.Join(", ", keys.OrderBy(key => key, StringComparer.Ordinal).Take(MaxShown))} and {keys.Count - MaxShown} more",
    };
}
