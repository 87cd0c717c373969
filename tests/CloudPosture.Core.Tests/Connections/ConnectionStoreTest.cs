using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Connections;

/// <summary>A store of connections in a folder of its own.</summary>
public abstract class ConnectionStoreTest : IDisposable
{
    private protected static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private protected readonly ScratchFolder _scratch = new();
    private protected readonly ConnectionStore _store;

    private protected ConnectionStoreTest() => _store = NewStore();

    public void Dispose() => _scratch.Dispose();

    private protected static PostureConnection Named(string name) => new() { Name = name };

    private protected static PostureConnection Through(string name, string hub) => Named(name) with { Credential = new CredentialReference { Kind = CredentialKind.Connection, Connection = hub } };

    private protected ConnectionStore NewStore(DateTimeOffset? now = null) => new(_scratch.Path, new NotedTime(now ?? Now));

    private protected Task Add(PostureConnection connection) => _store.AddAsync([connection], replace: false, default);

    private protected async Task<string[]> Names() => [.. (await _store.ListAsync(default)).Select(connection => connection.Name)];
}
