using System;

namespace CloudPosture.Aws.Credentials;

/// <summary>An access key that lives in memory only. It never shows its secrets.</summary>
public sealed class SessionKeys
{
    /// <summary>Takes a key.</summary>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secretAccessKey">The secret access key.</param>
    /// <param name="sessionToken">The session token of temporary keys, else null.</param>
    /// <param name="origin">Where the keys come from, for people; null is <c>keys of this session</c>.</param>
    /// <exception cref="CredentialException">A part is missing or cannot be one.</exception>
    public SessionKeys(string accessKeyId, string secretAccessKey, string? sessionToken = null, string? origin = null)
    {
        AccessKeyId = Demand(accessKeyId, "access key id");
        SecretAccessKey = Demand(secretAccessKey, "secret access key");
        SessionToken = string.IsNullOrEmpty(sessionToken) ? null : Demand(sessionToken!, "session token");
        Origin = origin ?? "keys of this session";
        if (SessionToken is null && AccessKeyId.StartsWith("ASIA", StringComparison.Ordinal))
        {
            throw new CredentialException("These are temporary keys (their id starts with ASIA): give their session token as well.");
        }
    }

    /// <summary>The access key id.</summary>
    public string AccessKeyId { get; }

    /// <summary>Where the keys come from, for people.</summary>
    public string Origin { get; }

    internal string SecretAccessKey { get; }

    internal string? SessionToken { get; }

    /// <summary>Where the keys come from.</summary>
    public override string ToString() => Origin;

    private static string Demand(string value, string what) =>
        string.IsNullOrWhiteSpace(value) || value.Length != value.Trim().Length
            ? throw new CredentialException($"The {what} is empty or has spaces around it: give it as AWS showed it.")
            : value;
}
