using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudPosture.Aws.Models;

/// <summary>A structure's member, a list's element, or a map's key or value: a shape, and how it is named on the wire.</summary>
public sealed class ShapeMember
{
    internal ShapeMember(string name, Shape shape)
    {
        Name = name;
        Shape = shape;
        JsonName = JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    /// <summary>The official member name (<c>PolicyName</c>), which is also its name in our JSON.</summary>
    public string Name { get; }

    /// <summary>The member's shape.</summary>
    public Shape Shape { get; }

    /// <summary>Its name on the wire where that differs from <see cref="Name"/>: XML element, JSON key, header, query key or URI label.</summary>
    public string? LocationName { get; internal set; }

    /// <summary>The EC2 protocol's name of this member in a request, where the model states one.</summary>
    public string? QueryName { get; internal set; }

    /// <summary>Where the member travels in a REST message.</summary>
    public MemberLocation Location { get; internal set; }

    /// <summary>True where the list or map is flattened at this member rather than at its shape.</summary>
    public bool Flattened { get; internal set; }

    /// <summary>True where XML carries the member as an attribute (<c>xsi:type</c> of a grantee).</summary>
    public bool XmlAttribute { get; internal set; }

    /// <summary>This member's own timestamp format; overrides the shape's.</summary>
    public string? TimestampFormat { get; internal set; }

    /// <summary>True where the client must send a fresh UUID if the caller gives none.</summary>
    public bool IdempotencyToken { get; internal set; }

    /// <summary>True where the member's value also fills a <c>{label}</c> in the host prefix.</summary>
    public bool HostLabel { get; internal set; }

    /// <summary>True where a header carries JSON text in base64.</summary>
    public bool JsonValue { get; internal set; }

    /// <summary>True where the value is an IAM policy in URL-encoded JSON; it is decoded to JSON as the AWS CLI does.</summary>
    public bool IsPolicyDocument { get; internal set; }

    /// <summary>Its place among the members of its structure.</summary>
    internal int Place { get; set; }

    /// <summary>The name on the wire.</summary>
    public string WireName => LocationName ?? Name;

    /// <summary>True for a list or map without an element of its own in XML, or without a <c>.member</c> segment in query form.</summary>
    public bool IsFlattened => Flattened || Shape.Flattened;

    /// <summary>The element that stands for this member in XML; a flattened list is named by its items.</summary>
    internal string XmlName =>
        IsFlattened && Shape.Kind == ShapeKind.List && Shape.Element!.LocationName is { } itemName ? itemName : WireName;

    internal JsonEncodedText JsonName { get; }

    internal byte[] WireUtf8 => field ??= Encoding.UTF8.GetBytes(WireName);
}
