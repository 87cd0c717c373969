using System.Collections.Generic;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Routing;

/// <summary>The operation a request asks for, and the labels its path carries.</summary>
internal sealed record RoutedCall(OperationModel Operation, IReadOnlyDictionary<string, string> Labels);
