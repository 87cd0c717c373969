using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>How the resources of a type lead to those of another.</summary>
/// <param name="Name">The relation's name (<c>inSubnet</c>).</param>
/// <param name="To">The CloudFormation type it leads to.</param>
/// <param name="By">Where the other's id or ARN is; several where the path goes through a list.</param>
/// <param name="IsArn">True where <paramref name="By"/> holds ARNs.</param>
/// <param name="Form">How the values are written.</param>
/// <param name="On">Which field of the other they are compared with; null for its id and its ARN.</param>
internal sealed record RelationEntry(string Name, string To, JsonPath By, bool IsArn, RelationForm Form = RelationForm.Plain, JsonPath? On = null);
