using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace CloudPosture.Delegation;

/// <summary>A value that AWS fills into the policy template.</summary>
public sealed record DelegationParameter
{
    /// <summary>The parameter's name, 5–256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its values; just one unless <see cref="IsList"/>.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>True for a parameter of type <c>stringList</c>, false for <c>string</c>.</summary>
    public bool IsList { get; init; }

    /// <summary>AWS's name of the type.</summary>
    [JsonIgnore]
    public string Type => IsList ? "stringList" : "string";
}
