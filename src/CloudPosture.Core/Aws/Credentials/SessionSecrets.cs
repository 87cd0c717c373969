using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CloudPosture.Aws.Credentials;

/// <summary>The keys given as parameters in this session, by connection. They end with the process. Thread-safe.</summary>
public sealed class SessionSecrets
{
    private readonly ConcurrentDictionary<string, SessionKeys> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps keys for a connection, in place of earlier ones.</summary>
    public void Set(string connection, SessionKeys keys) => _keys[connection] = keys;

    /// <summary>Finds a connection's keys.</summary>
    public bool TryGet(string connection, [NotNullWhen(true)] out SessionKeys? keys) => _keys.TryGetValue(connection, out keys!);

    /// <summary>Forgets a connection's keys.</summary>
    public void Remove(string connection) => _keys.TryRemove(connection, out _);
}
