using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Errors;
using CloudPosture.Files;
using CloudPosture.Time;

namespace CloudPosture.Connections;

/// <summary>
/// The user's connections, in one readable file (<c>connections.json</c>). Any number of processes may use it at once: changes are made
/// one after the other, and each replaces the file as a whole, so that a reader or a crash sees the file before or after, never between.
/// </summary>
public sealed class ConnectionStore
{
    private const string FileName = "connections.json";

    private readonly string _folder;
    private readonly ConnectionFileAccess _file;
    private readonly TimeProvider _time;

    /// <summary>Makes a store; nothing is read or written yet.</summary>
    /// <param name="folder">The folder; null is <see cref="DefaultFolder"/>.</param>
    public ConnectionStore(string? folder = null)
        : this(folder, TimeProvider.System)
    {
    }

    internal ConnectionStore(string? folder, TimeProvider time)
    {
        _folder = Path.GetFullPath(folder ?? DefaultFolder);
        _file = new ConnectionFileAccess(Path.Combine(_folder, FileName));
        _time = time;
    }

    /// <summary>CLOUDPOSTURE_HOME, else <c>%APPDATA%\CloudPosture</c> on Windows and <c>~/.config/cloudposture</c> (XDG_CONFIG_HOME) elsewhere.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("CLOUDPOSTURE_HOME") is { Length: > 0 } home)
            {
                return home;
            }

            var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(settings, Path.DirectorySeparatorChar == '\\' ? "CloudPosture" : "cloudposture");
        }
    }

    /// <summary>The file's full path.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>What is wrong with the rights of the file's folder, for a warning; null where nothing is.</summary>
    public string? Exposure => PrivateFiles.ExposureOf(_folder);

    /// <summary>Called at each step of a write, so that tests can break off there.</summary>
    internal Action<string>? AtStep
    {
        get => _file.AtStep;
        set => _file.AtStep = value;
    }

    /// <summary>All connections, by name.</summary>
    /// <exception cref="ConnectionException">The file cannot be read or understood.</exception>
    public async Task<IReadOnlyList<PostureConnection>> ListAsync(CancellationToken cancellationToken) =>
        (await _file.ReadAsync(cancellationToken).ConfigureAwait(false)).Connections;

    /// <summary>One connection.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ConnectionException">There is none of that name, or the file cannot be read.</exception>
    public async Task<PostureConnection> GetAsync(string name, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(connection => IsNamed(connection, name)) ?? throw NotFound(name, all);
    }

    /// <summary>Adds connections; all of them or none.</summary>
    /// <param name="connections">The connections; their dates are set here.</param>
    /// <param name="replace">True to replace connections of the same names, keeping their creation dates.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The connections as stored.</returns>
    /// <exception cref="ConnectionException">One is invalid or exists already, or the file cannot be written.</exception>
    public async Task<IReadOnlyList<PostureConnection>> AddAsync(IReadOnlyCollection<PostureConnection> connections, bool replace, CancellationToken cancellationToken)
    {
        var now = _time.UtcNow;
        var added = connections.Select(connection => ConnectionRules.Validate(connection with { Created = now, Modified = now })).ToList();
        if (added.GroupBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ConnectionException(ConnectionError.AlreadyExists, $"'{twice.Key}' is given twice: connections need different names.");
        }

        await UpdateAsync(
            all =>
            {
                var byName = all.ToDictionary(connection => connection.Name, StringComparer.OrdinalIgnoreCase);
                for (var i = 0; i < added.Count; i++)
                {
                    if (byName.TryGetValue(added[i].Name, out var old))
                    {
                        added[i] = replace
                            ? added[i] with { Created = old.Created }
                            : throw new ConnectionException(ConnectionError.AlreadyExists, $"There is a connection '{old.Name}' already.", advice: new Advice("Choose another name, change it, or have it replaced.", "ConnectionExists"));
                    }

                    byName[added[i].Name] = added[i];
                }

                added.ForEach(connection => DemandHub(connection, byName.Values));
                return byName.Values;
            },
            cancellationToken).ConfigureAwait(false);
        return added;
    }

    /// <summary>Changes one connection, as it is in the file at that moment.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="change">Makes the new connection from the present one; the name may change to one that is free.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The connection as stored.</returns>
    /// <exception cref="ConnectionException">There is none of that name, the change is invalid, or the file cannot be written.</exception>
    public async Task<PostureConnection> ChangeAsync(string name, Func<PostureConnection, PostureConnection> change, CancellationToken cancellationToken)
    {
        PostureConnection? changed = null;
        await UpdateAsync(
            all =>
            {
                var old = all.FirstOrDefault(connection => IsNamed(connection, name)) ?? throw NotFound(name, all);
                changed = ConnectionRules.Validate(change(old) with { Created = old.Created, Modified = _time.UtcNow });
                var others = all.Where(connection => !ReferenceEquals(connection, old)).ToList();
                if (others.Exists(connection => IsNamed(connection, changed.Name)))
                {
                    throw new ConnectionException(ConnectionError.AlreadyExists, $"'{name}' cannot be renamed: there is a connection '{changed.Name}' already.");
                }

                if (changed.Credential != old.Credential)
                {
                    DemandHub(changed, others);
                }

                // Those that begin with this connection's credentials go on doing so, and not with those of a later one of its old name.
                return others
                    .Select(connection => HubOf(connection) is { } hub && IsNamed(old, hub)
                        ? connection with { Credential = connection.Credential with { Connection = changed.Name } }
                        : connection)
                    .Append(changed);
            },
            cancellationToken).ConfigureAwait(false);
        return changed!;
    }

    /// <summary>Removes connections; what was harvested through them stays.</summary>
    /// <param name="names">Their names, in any case.</param>
    /// <param name="force">True to remove even those whose credentials connections that stay begin with.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The connections that were removed; all of them or none.</returns>
    /// <exception cref="ConnectionException">There is none of a name, another needs one, or the file cannot be written.</exception>
    public async Task<IReadOnlyList<PostureConnection>> RemoveAsync(IReadOnlyCollection<string> names, bool force, CancellationToken cancellationToken)
    {
        IReadOnlyList<PostureConnection> removed = [];
        await UpdateAsync(
            all =>
            {
                removed = [.. names.Select(name => all.FirstOrDefault(connection => IsNamed(connection, name)) ?? throw NotFound(name, all)).Distinct()];
                var staying = all.Except(removed).ToList();
                var users = staying.Where(connection => HubOf(connection) is { } hub && removed.Any(gone => IsNamed(gone, hub))).ToList();
                return users.Count == 0 || force
                    ? staying
                    : throw new ConnectionException(
                        ConnectionError.InUse,
                        $"{Listed(users)} begin with the credentials of {Listed([.. removed.Where(gone => users.Exists(user => IsNamed(gone, HubOf(user)!)))])}. Nothing was removed.",
                        advice: new Advice("Give the others other credentials, or remove them too.", "ConnectionInUse"));
            },
            cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private static bool IsNamed(PostureConnection connection, string name) => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string? HubOf(PostureConnection connection) => connection.Credential.Kind == CredentialKind.Connection ? connection.Credential.Connection : null;

    private static void DemandHub(PostureConnection connection, IReadOnlyCollection<PostureConnection> all)
    {
        if (HubOf(connection) is { } hub && !all.Any(other => IsNamed(other, hub)))
        {
            throw NotFound(hub, all);
        }
    }

    private static ConnectionException NotFound(string name, IReadOnlyCollection<PostureConnection> all) => new(
        ConnectionError.NotFound,
        all.Count == 0
            ? $"There is no connection '{name}': there are none yet."
            : $"There is no connection '{name}'. There are: {Listed(all)}.",
        advice: all.Count == 0 ? new Advice("Make one.", "ConnectionsNone") : null);

    private static string Listed(IReadOnlyCollection<PostureConnection> connections) =>
        string.Join(", ", connections.Take(20).Select(connection => connection.Name)) + (connections.Count > 20 ? $" and {connections.Count - 20} more" : "");

    private async Task UpdateAsync(Func<IReadOnlyList<PostureConnection>, IEnumerable<PostureConnection>> change, CancellationToken cancellationToken)
    {
        try
        {
            PrivateFiles.CreateDirectory(_folder);
            var path = SymbolicLinks.TargetOf(FilePath);
            using var held = await _file.LockAsync(path, cancellationToken).ConfigureAwait(false);
            var file = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
            var connections = change(file.Connections).OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).ToList();
            await _file.WriteAsync(path, file with { Connections = connections }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw _file.Inaccessible("written", problem);
        }
    }
}
