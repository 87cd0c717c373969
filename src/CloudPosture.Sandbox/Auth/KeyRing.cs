using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CloudPosture.Sandbox.Auth;

/// <summary>All access keys in circulation.</summary>
internal sealed class KeyRing
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly ConcurrentDictionary<string, IssuedKey> _keys = new(StringComparer.Ordinal);

    public IssuedKey? Find(string accessKeyId) => _keys.TryGetValue(accessKeyId, out var key) ? key : null;

    public IssuedKey Add(IssuedKey key) => _keys[key.AccessKeyId] = key;

    /// <summary>Ends the sessions given out so far.</summary>
    public void EndSessions(DateTimeOffset now)
    {
        foreach (var session in _keys.Values)
        {
            if (session.Expires > now)
            {
                _keys[session.AccessKeyId] = session with { Expires = now };
            }
        }
    }

    /// <summary>Gives out temporary credentials.</summary>
    public IssuedKey IssueSession(Principal principal, DateTimeOffset expires) => Add(new IssuedKey(
        "ASIA" + RandomNumberGenerator.GetString(KeyAlphabet, 16),
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
        expires,
        principal));
}
