using Amazon.Runtime;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Aws;

/// <summary>Whom a call is signed as, and where it goes.</summary>
public sealed record AwsTarget
{
    /// <summary>The credentials that sign; they are resolved (and renewed, if they can be) at each attempt.</summary>
    public required AWSCredentials Credentials { get; init; }

    /// <summary>The Region (<c>eu-central-1</c>); the partition follows from it. Global services go to their partition's home Region.</summary>
    public required string Region { get; init; }

    /// <summary>The account's twelve digits, shown in errors; null where they are not known yet.</summary>
    public string? AccountId { get; init; }

    /// <summary>What the profile behind the credentials says of endpoints; null where it says nothing.</summary>
    public EndpointSettings? Endpoints { get; init; }
}
