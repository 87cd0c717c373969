namespace CloudPosture.Aws.Endpoints;

/// <summary>A service with one endpoint for a whole partition.</summary>
public sealed record GlobalService
{
    /// <summary>The Region that its calls are signed for.</summary>
    public string Region { get; init; } = "";

    /// <summary>The template of its host; null where it is named like a regional service's.</summary>
    public string? Host { get; init; }

    /// <summary>The template of its host for IPv4 and IPv6; null where it is named like a regional service's.</summary>
    public string? DualStackHost { get; init; }
}
