namespace CloudPosture.Alerts.Receivers;

/// <summary>The server that takes mail.</summary>
public sealed record MailServer
{
    /// <summary>Its name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Its port: 465 is TLS from the start, others turn to TLS before anything is said.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Who sends; null sends without saying who.</summary>
    public string? UserName { get; init; }

    /// <summary>The password.</summary>
    public Secret? Password { get; init; }
}
