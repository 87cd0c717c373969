using System;
using System.Collections.Generic;

namespace CloudPosture.Aws.Models;

/// <summary>One value's form in an AWS API model. Shapes may refer to themselves; they are immutable once loaded.</summary>
public sealed class Shape
{
    private Dictionary<string, ShapeMember>? _byName;

    internal Shape(ShapeKind kind) => Kind = kind;

    /// <summary>What kind of value this is.</summary>
    public ShapeKind Kind { get; }

    /// <summary>A structure's members in the model's order; empty for other kinds.</summary>
    public IReadOnlyList<ShapeMember> Members { get; internal set; } = [];

    /// <summary>The names of a structure's members that a request must carry.</summary>
    public IReadOnlyList<string> Required { get; internal set; } = [];

    /// <summary>A list's element, or a map's value. Its <see cref="ShapeMember.Name"/> is "member" or "value".</summary>
    public ShapeMember? Element { get; internal set; }

    /// <summary>A map's key.</summary>
    public ShapeMember? Key { get; internal set; }

    /// <summary>The element of a list that has no wrapper element in XML, or no <c>.member</c> segment in query form.</summary>
    public bool Flattened { get; internal set; }

    /// <summary>The name of the member that alone is the body of a REST message; null where members share the body.</summary>
    public string? Payload { get; internal set; }

    /// <summary>The name of the XML root element of a request body (REST-XML input shapes).</summary>
    public string? LocationName { get; internal set; }

    /// <summary>The XML namespace of this shape's element, where the model states one.</summary>
    public string? XmlNamespace { get; internal set; }

    /// <summary>A timestamp's wire format: <c>iso8601</c>, <c>unixTimestamp</c> or <c>rfc822</c>; null means the protocol's default for the location.</summary>
    public string? TimestampFormat { get; internal set; }

    /// <summary>True for text that carries a URL-encoded JSON policy (IAM); it is decoded to JSON as the AWS CLI does.</summary>
    public bool IsPolicyDocument { get; internal set; }

    /// <summary>True for values that the model marks as secret or personal.</summary>
    public bool Sensitive { get; internal set; }

    /// <summary>Finds a structure's member by its official name (case-sensitive).</summary>
    /// <param name="name">The member's name as in the AWS API reference.</param>
    /// <returns>The member, or null.</returns>
    public ShapeMember? Member(string name)
    {
        if (_byName is null)
        {
            var byName = new Dictionary<string, ShapeMember>(Members.Count, StringComparer.Ordinal);
            foreach (var member in Members)
            {
                byName[member.Name] = member;
            }

            _byName = byName;
        }

        return _byName.TryGetValue(name, out var found) ? found : null;
    }
}
