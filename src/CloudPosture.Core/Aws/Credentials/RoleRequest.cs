namespace CloudPosture.Aws.Credentials;

/// <summary>How a role is entered.</summary>
public sealed record RoleRequest
{
    /// <summary>A chained role's session may not last longer: seconds.</summary>
    public const int LongestChainedSession = 3600;

    /// <summary>A session may not be shorter: seconds.</summary>
    public const int ShortestSession = 900;

    /// <summary>A session may not be longer, whatever the role allows: seconds.</summary>
    public const int LongestSession = 43_200;

    /// <summary>The role.</summary>
    public required RoleArn Role { get; init; }

    /// <summary>The external ID, where the role asks for one.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The MFA device, where the role asks for one.</summary>
    public string? MfaSerial { get; init; }

    /// <summary>The session's name, 2–64 characters.</summary>
    public string SessionName { get; init; } = "CloudPosture";

    /// <summary>The session's length in seconds, 900–43200.</summary>
    public int Duration { get; init; } = 3600;
}
