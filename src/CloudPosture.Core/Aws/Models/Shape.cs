using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Aws.Models;

/// <summary>One value's form in an AWS API model. Shapes may refer to themselves; they are immutable once loaded.</summary>
public sealed class Shape
{
    private Dictionary<string, ShapeMember>? _byName;
    private Dictionary<string, ShapeMember>? _byXmlName;

    internal Shape(ShapeKind kind) => Kind = kind;

    /// <summary>What kind of value this is.</summary>
    public ShapeKind Kind { get; }

    /// <summary>A structure's members in the model's order; empty for other kinds.</summary>
    public IReadOnlyList<ShapeMember> Members
    {
        get;
        internal set
        {
            field = value;
            for (var place = 0; place < value.Count; place++)
            {
                value[place].Place = place;
            }
        }
    } = [];

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

    /// <summary>A timestamp's wire format: <c>iso8601</c>, <c>unixTimestamp</c> or <c>rfc822</c>; null means the protocol's default for the location.</summary>
    public string? TimestampFormat { get; internal set; }

    /// <summary>True for values that the model marks as secret or personal.</summary>
    public bool Sensitive { get; internal set; }

    /// <summary>True for a structure of which anything travels in the body.</summary>
    internal bool HasBody => Members.Any(member => member.Location == MemberLocation.Body);

    /// <summary>Finds a structure's member by its official name (case-sensitive).</summary>
    /// <param name="name">The member's name as in the AWS API reference.</param>
    /// <returns>The member, or null.</returns>
    public ShapeMember? Member(string name) => Find(_byName ??= Index(Members, member => member.Name), name);

    /// <summary>Finds the member of a structure that an XML element of an answer's body stands for.</summary>
    internal ShapeMember? XmlMember(string element) =>
        Find(_byXmlName ??= Index(Members.Where(member => member.Location == MemberLocation.Body), member => member.XmlName), element);

    private static ShapeMember? Find(Dictionary<string, ShapeMember> index, string name) => index.TryGetValue(name, out var found) ? found : null;

    private static Dictionary<string, ShapeMember> Index(IEnumerable<ShapeMember> members, Func<ShapeMember, string> key)
    {
        var index = new Dictionary<string, ShapeMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            index[key(member)] = member;
        }

        return index;
    }
}
