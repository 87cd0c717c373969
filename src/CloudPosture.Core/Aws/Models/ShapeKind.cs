namespace CloudPosture.Aws.Models;

/// <summary>The kinds of value an AWS API model describes.</summary>
public enum ShapeKind
{
    /// <summary>Named members.</summary>
    Structure,

    /// <summary>An ordered list of one element shape.</summary>
    List,

    /// <summary>Keys (strings) to values of one shape.</summary>
    Map,

    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of 32 or 64 bits.</summary>
    Integer,

    /// <summary>A floating-point number, 32 or 64 bits.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A moment in UTC; its wire format depends on protocol, location and model.</summary>
    Timestamp,

    /// <summary>Bytes, base64 in text formats.</summary>
    Blob,

    /// <summary>Free JSON ("document" in the models).</summary>
    Document,
}
