using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Files;
using CloudPosture.Text;

namespace CloudPosture.Delegation;

/// <summary>
/// Our records of requests, one file each in the configuration folder's <c>delegations</c>, for the user alone. Any number of processes
/// may use them at once. Neither tokens nor credentials are ever part of a record.
/// </summary>
public sealed class DelegationStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string _folder;

    /// <summary>Makes a store; nothing is read or written yet.</summary>
    /// <param name="folder">The configuration folder; null is <see cref="ConnectionStore.DefaultFolder"/>.</param>
    public DelegationStore(string? folder = null) => _folder = Path.Combine(Path.GetFullPath(folder ?? ConnectionStore.DefaultFolder), "delegations");

    /// <summary>All records, the newest first.</summary>
    /// <exception cref="DelegationException">One cannot be read.</exception>
    public IReadOnlyList<DelegationRequest> List() => Guard(() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*.json").Select(Read).OfType<DelegationRequest>().OrderByDescending(request => request.Created)]
        : (IReadOnlyList<DelegationRequest>)[]);

    /// <summary>Finds a record.</summary>
    /// <param name="id">The request's id or its workflow id.</param>
    /// <returns>The record; null where there is none.</returns>
    /// <exception cref="DelegationException">A record cannot be read.</exception>
    public DelegationRequest? Find(string id) => Guard(() => Read(FileOf(id))) ?? List().FirstOrDefault(request => request.RequestId == id);

    /// <summary>Writes a new record.</summary>
    /// <param name="request">The record, with a workflow id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DelegationException">There is one of this workflow id, or it cannot be written.</exception>
    public Task AddAsync(DelegationRequest request, CancellationToken cancellationToken) => UpdateAsync(
        request.WorkflowId!,
        old => old is null ? request : throw new DelegationException(DelegationError.AlreadySent, $"A request of the workflow id '{request.WorkflowId}' was sent before. Send with a new one."),
        cancellationToken);

    /// <summary>Changes a record as it is in the file at that moment.</summary>
    /// <param name="request">The record.</param>
    /// <param name="change">Makes the new record from the present one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The new record; without a file for requests that are not ours.</returns>
    /// <exception cref="DelegationException">It cannot be written.</exception>
    public Task<DelegationRequest> ChangeAsync(DelegationRequest request, Func<DelegationRequest, DelegationRequest> change, CancellationToken cancellationToken) =>
        request.WorkflowId is { } id && File.Exists(FileOf(id))
            ? UpdateAsync(id, old => change(old ?? request), cancellationToken)
            : Task.FromResult(change(request));

    /// <summary>Removes a record; the request itself stays.</summary>
    /// <param name="request">The record.</param>
    public void Remove(DelegationRequest request) => Guard(() =>
    {
        File.Delete(FileOf(request.WorkflowId!));
        return true;
    });

    private async Task<DelegationRequest> UpdateAsync(string workflowId, Func<DelegationRequest?, DelegationRequest> change, CancellationToken cancellationToken)
    {
        Guard(() =>
        {
            PrivateFiles.CreateDirectory(_folder);
            return true;
        });
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        return Guard(() =>
        {
            var path = FileOf(workflowId);
            var old = Read(path);
            var changed = change(old);
            if (changed != old)
            {
                PrivateFiles.Replace(path, stream => JsonSerializer.Serialize(stream, changed, ReadableJson.Options));
            }

            return changed;
        });
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.LockAsync(Path.Combine(_folder, "lock"), Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Inaccessible(problem);
        }
    }

    /// <summary>A workflow id may hold anything; what a file's name cannot show is escaped, and long ones are told apart by their hash.</summary>
    private string FileOf(string workflowId)
    {
        const int Longest = 100;
        var name = Uri.EscapeDataString(workflowId).Replace("*", "%2A").ToLowerInvariant();
        return Path.Combine(_folder, $"{(name.Length > Longest ? name.Substring(0, Longest) : name)}.{Sha256.Hex(workflowId, 8)}.json");
    }

    private static DelegationRequest? Read(string path)
    {
        try
        {
            using var stream = PrivateFiles.Read(path);
            return JsonSerializer.Deserialize<DelegationRequest>(stream, ReadableJson.Options);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException problem)
        {
            throw new DelegationException(DelegationError.Store, $"{path} cannot be understood. Repair it by hand or move it away; it was left untouched.", problem);
        }
    }

    private T Guard<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Inaccessible(problem);
        }
    }

    private DelegationException Inaccessible(Exception cause) => new(
        DelegationError.Store,
        $"The records in {_folder} cannot be read or written: {cause.Message} Correct its access rights, or set CLOUDPOSTURE_HOME to a folder of yours.",
        cause);
}
