using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CloudPosture.Aws.Credentials;

/// <summary>The keys given as parameters in this session, by connection. They end with the process. Thread-safe.</summary>
public sealed class SessionSecrets
{
    private readonly ConcurrentDictionary<string, SessionKeys> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly SessionSecrets? _session;

    /// <summary>Begins without keys.</summary>
    public SessionSecrets()
    {
    }

    /// <summary>Begins with a session's keys, and changes nothing there: for one call.</summary>
    /// <param name="session">The session's keys.</param>
    public SessionSecrets(SessionSecrets session) => _session = session;

    /// <summary>Keeps keys for a connection, in place of earlier ones.</summary>
    public void Set(string connection, SessionKeys keys) => _keys[connection] = keys;

    /// <summary>Finds a connection's keys.</summary>
    public bool TryGet(string connection, [NotNullWhen(true)] out SessionKeys? keys) => _keys.TryGetValue(connection, out keys!) || (_session is not null && _session.TryGet(connection, out keys));

    /// <summary>Forgets a connection's keys.</summary>
    public void Remove(string connection) => _keys.TryRemove(connection, out _);
}
