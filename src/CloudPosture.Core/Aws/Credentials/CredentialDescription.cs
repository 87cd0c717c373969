using System;

namespace CloudPosture.Aws.Credentials;

/// <summary>Where credentials came from and how long they last, without secrets.</summary>
public sealed record CredentialDescription
{
    /// <summary>Where they came from, in the order they were made of each other (<c>profile 'hub' → role arn:…</c>).</summary>
    public required string Source { get; init; }

    /// <summary>The account they belong to, where that is known without asking AWS.</summary>
    public string? AccountId { get; init; }

    /// <summary>When they end, in UTC; null where they do not end or that cannot be known.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>True where they renew themselves, or never end, so that a harvest of any length can rely on them.</summary>
    public bool Renews { get; init; }

    /// <summary>The time left at a given moment; null where they renew themselves or their end is not known.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) => Renews || Expires is not { } end ? null : end > now ? end - now : TimeSpan.Zero;

    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        Source + (Renews ? "" : Expires is { } end ? $", ends {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC and cannot be renewed" : ", temporary: cannot be renewed");
}
