using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>A resource that a stack made.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Its type.</param>
/// <param name="Reference">What Ref gives: its physical id.</param>
/// <param name="Attributes">What GetAtt gives.</param>
/// <param name="Properties">What it was made of, resolved.</param>
internal sealed record StackResource(string LogicalId, string Type, string Reference, IReadOnlyDictionary<string, string> Attributes, JsonObject Properties);
