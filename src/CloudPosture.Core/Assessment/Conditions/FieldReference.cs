using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Assessment.Conditions;

/// <summary>What a rule may look at: a path in the configuration, or an attribute of the record (<c>@region</c>, <c>@tags.Owner</c>).</summary>
internal sealed class FieldReference
{
    private const string TagPrefix = "@tags.";
    private static readonly string[] Attributes = ["@id", "@arn", "@name", "@region", "@accountId", "@partition"];
    private readonly JsonPath? _path;
    private JsonPath[] _always = [];

    private FieldReference(string text, JsonPath? path)
    {
        Text = text;
        _path = path;
    }

    public string Text { get; }

    /// <summary>Whether it names each element of a list rather than one value.</summary>
    public bool IsList => Text.IndexOf("[]", StringComparison.Ordinal) >= 0;

    /// <summary>The member of the configuration it starts from; null for attributes.</summary>
    public string? Head => _path?.FirstMember;

    /// <exception cref="FormatException">It is neither a path nor an attribute.</exception>
    public static FieldReference Parse(string text)
    {
        if (!text.StartsWith("@", StringComparison.Ordinal))
        {
            return new FieldReference(text, JsonPath.Parse(text));
        }

        return Attributes.Contains(text) || (text.StartsWith(TagPrefix, StringComparison.Ordinal) && text.Length > TagPrefix.Length)
            ? new FieldReference(text, null)
            : throw new FormatException($"'{text}' is no attribute. Allowed are: {string.Join(", ", Attributes)}, {TagPrefix}NAME.");
    }

    /// <summary>The same field, of which nothing is known where a member that AWS always answers is missing on the way.</summary>
    public FieldReference Expecting(IReadOnlyList<JsonPath> always)
    {
        var onTheWay = _path is null ? [] : always.Where(_path.IsAtOrBelow).ToArray();
        return onTheWay.Length == 0 ? this : new FieldReference(Text, _path) { _always = onTheWay };
    }

    public FieldState Resolve(in Subject subject, out FieldValue value)
    {
        if (_path is null)
        {
            return Attribute(subject, out value);
        }

        if (_path.TryFind(subject.Root, out var json))
        {
            value = new FieldValue(json);
            return FieldState.Present;
        }

        value = default;
        return GapOf(subject) is null && MissingOf(subject) is null ? FieldState.Absent : FieldState.Unreadable;
    }

    /// <summary>All values that it names.</summary>
    public FieldState ResolveAll(in Subject subject, out IReadOnlyList<FieldValue> values)
    {
        values = _path is null ? [] : [.. _path.FindAll(subject.Root).Select(json => new FieldValue(json))];
        return values.Count > 0 ? FieldState.Present
            : GapOf(subject) is null && MissingOf(subject) is null ? FieldState.Absent
            : FieldState.Unreadable;
    }

    /// <summary>The gap that hides this field; null where there is none.</summary>
    public ReadGap? GapOf(in Subject subject)
    {
        if (_path is null || subject.IsElement || subject.Resource.Gaps.Count == 0)
        {
            return null;
        }

        foreach (var gap in subject.Resource.Gaps)
        {
            if (gap.Field is null || _path.IsTouchedBy(gap.Field))
            {
                return gap;
            }
        }

        return null;
    }

    public void Explain(in Subject subject, Evidence evidence)
    {
        switch (Resolve(subject, out var value))
        {
            case FieldState.Present:
                evidence.Add(Text, " = ", value.ToString());
                break;
            case FieldState.Absent:
                evidence.Add(Text, " is absent");
                break;
            default:
                evidence.Add(Text, " could not be read: ", WhyUnreadable(subject));
                break;
        }
    }

    /// <summary>Whether a member that AWS always answers is missing on the way.</summary>
    public bool LacksAnswer(in Subject subject) => MissingOf(subject) is not null && GapOf(subject) is null;

    /// <summary>Why the field is unreadable.</summary>
    public string WhyUnreadable(in Subject subject) => GapOf(subject) is { } gap ? Evidence.Of(gap) : $"AWS always answers {MissingOf(subject)?.Text}, and this answer lacks it";

    private JsonPath? MissingOf(in Subject subject)
    {
        if (subject.IsElement)
        {
            return null;
        }

        foreach (var path in _always)
        {
            if (!path.TryFind(subject.Root, out _))
            {
                return path;
            }
        }

        return null;
    }

    private FieldState Attribute(in Subject subject, out FieldValue value)
    {
        var resource = subject.Resource;
        var text = Text switch
        {
            "@id" => resource.Id,
            "@arn" => resource.Arn,
            "@name" => resource.Name,
            "@region" => resource.Region,
            "@accountId" => resource.AccountId,
            "@partition" => subject.Account.Partition,
            _ => resource.Tags.TryGetValue(Text.Substring(TagPrefix.Length), out var tag) ? tag : null,
        };
        value = text is null ? default : new FieldValue(text);
        return text is null ? FieldState.Absent : FieldState.Present;
    }
}
