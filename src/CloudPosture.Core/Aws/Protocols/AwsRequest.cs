using System.Collections.Generic;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>A call as its protocol writes it, before it is known where it goes.</summary>
internal sealed class AwsRequest
{
    public AwsRequest(OperationModel operation) => Operation = operation;

    public OperationModel Operation { get; }

    /// <summary>The encoded path; it begins with a slash.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The encoded query without its question mark; empty where there is none.</summary>
    public string Query { get; set; } = "";

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    public string? ContentType { get; set; }

    /// <summary>What goes before the host, its labels filled in (<c>111122223333.</c>).</summary>
    public string? HostPrefix { get; set; }

    /// <summary>The S3 bucket that is the path's first segment, or null.</summary>
    public string? Bucket { get; set; }
}
