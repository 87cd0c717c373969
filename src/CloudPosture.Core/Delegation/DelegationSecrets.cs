using System;
using System.Collections.Concurrent;
using Amazon.Runtime;

namespace CloudPosture.Delegation;

/// <summary>The exchange tokens and delegated credentials of this session, by request. They end with the process. Thread-safe.</summary>
public sealed class DelegationSecrets
{
    private readonly ConcurrentDictionary<string, ExchangeToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (AWSCredentials Credentials, DateTimeOffset End)> _credentials = new(StringComparer.Ordinal);

    /// <summary>Whether the session holds what a completion needs to deploy.</summary>
    /// <param name="requestId">The request.</param>
    public bool Has(string requestId) => _tokens.ContainsKey(requestId) || _credentials.ContainsKey(requestId);

    internal void Keep(string requestId, ExchangeToken token) => _tokens[requestId] = token;

    /// <summary>Takes a token out: it can be traded in once.</summary>
    internal ExchangeToken? Take(string requestId) => _tokens.TryRemove(requestId, out var token) ? token : null;

    internal void Keep(string requestId, AWSCredentials credentials, DateTimeOffset end) => _credentials[requestId] = (credentials, end);

    /// <summary>Delegated credentials that have not ended.</summary>
    internal AWSCredentials? Credentials(string requestId, DateTimeOffset now) =>
        _credentials.TryGetValue(requestId, out var held) && held.End > now ? held.Credentials : null;

    internal void Forget(string requestId)
    {
        _tokens.TryRemove(requestId, out _);
        _credentials.TryRemove(requestId, out _);
    }
}
