using System;
using System.Collections.Generic;

namespace CloudPosture.Aws.Models;

/// <summary>The part of a service's published API model that this product uses.</summary>
public sealed class ServiceModel
{
    internal ServiceModel(string name) => Name = name;

    /// <summary>The key of the model in this product and its file name: the endpoint prefix of the AWS CLI (<c>iam</c>, <c>ec2</c>, <c>s3control</c>).</summary>
    public string Name { get; }

    /// <summary>The wire protocol.</summary>
    public AwsProtocol Protocol { get; internal set; }

    /// <summary>The API version (<c>2010-05-08</c>).</summary>
    public string ApiVersion { get; internal set; } = "";

    /// <summary>The first label of the regional host name.</summary>
    public string EndpointPrefix { get; internal set; } = "";

    /// <summary>The service name in the signature's credential scope.</summary>
    public string SigningName { get; internal set; } = "";

    /// <summary>The service's display id (<c>S3 Control</c>).</summary>
    public string ServiceId { get; internal set; } = "";

    /// <summary>JSON protocol only: <c>1.0</c> or <c>1.1</c>.</summary>
    public string JsonVersion { get; internal set; } = "1.1";

    /// <summary>JSON protocol only: what goes before the operation's name in X-Amz-Target.</summary>
    public string TargetPrefix { get; internal set; } = "";

    /// <summary>The XML namespace of query answers and REST-XML bodies, where the model states one.</summary>
    public string? XmlNamespace { get; internal set; }

    /// <summary>The operations by name (case-sensitive).</summary>
    public IReadOnlyDictionary<string, OperationModel> Operations { get; internal set; } =
        new Dictionary<string, OperationModel>(StringComparer.Ordinal);

    /// <summary>Finds an operation.</summary>
    /// <param name="name">The official name.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="KeyNotFoundException">The model does not hold it; the message says how to add it.</exception>
    public OperationModel Operation(string name) =>
        Operations.TryGetValue(name, out var operation)
            ? operation
            : throw new KeyNotFoundException(
                $"The API model of '{Name}' has no operation '{name}'. Name it in the catalog (or in the generator's list) and run CloudPosture.ModelGenerator.");
}
