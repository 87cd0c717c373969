using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Files;

namespace CloudPosture.Connections;

/// <summary>Reads and replaces the file of connections as a whole, and says in words what hinders it.</summary>
internal sealed class ConnectionFileAccess(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The file's full path.</summary>
    public string FilePath => path;

    /// <summary>Called at each step of a write, so that tests can break off there.</summary>
    public Action<string>? AtStep { get; set; }

    // The lock is on a file of its own, as the other is replaced; beside the file that a link leads to, as others may come there by another way.
    public async Task<FileStream> LockAsync(string target, CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.LockAsync(Path.ChangeExtension(target, ".lock"), Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException problem) when (PrivateFiles.IsInUse(problem))
        {
            throw new ConnectionException(ConnectionError.Busy, $"Another process has held {FilePath} for {Patience.TotalSeconds:0} seconds. Try again when it has finished.", problem);
        }
    }

    /// <summary>What the file holds; no connections where there is none.</summary>
    /// <exception cref="ConnectionException">It cannot be read or understood.</exception>
    public async Task<ConnectionFile> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);
            var file = await JsonSerializer.DeserializeAsync<ConnectionFile>(stream, ConnectionFile.Options, cancellationToken).ConfigureAwait(false) ?? throw Corrupt("it holds nothing");
            return Checked(file);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConnectionFile { Connections = [] };
        }
        catch (JsonException problem)
        {
            // The exception may quote what stands there.
            throw await VersionAsync(cancellationToken).ConfigureAwait(false) is > ConnectionFile.CurrentVersion and var newer ? TooNew(newer) : Corrupt(ConnectionFile.Where(problem));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Inaccessible("read", problem);
        }
    }

    /// <summary>Replaces the file; a reader or a crash sees it before or after.</summary>
    public async Task WriteAsync(string target, ConnectionFile file, CancellationToken cancellationToken)
    {
        AtStep?.Invoke("begin");
        var draft = PrivateFiles.NewDraft(target, isLocked: true);
        try
        {
            using (var stream = PrivateFiles.Open(draft, FileMode.CreateNew, FileShare.None))
            {
                AtStep?.Invoke("created");
                await JsonSerializer.SerializeAsync(stream, file, ConnectionFile.Options, cancellationToken).ConfigureAwait(false);
                AtStep?.Invoke("written");
                stream.Flush(flushToDisk: true);
            }

            AtStep?.Invoke("flushed");
            cancellationToken.ThrowIfCancellationRequested();
            await ReplaceAsync(draft, target, cancellationToken).ConfigureAwait(false);
            AtStep?.Invoke("replaced");
        }
        finally
        {
            PrivateFiles.Forget(draft);
        }
    }

    public ConnectionException Inaccessible(string what, Exception cause) => new(
        ConnectionError.Inaccessible,
        $"{FilePath} cannot be {what}: {DraftNames.Without(cause.Message)} Correct its access rights, or set CLOUDPOSTURE_HOME to a folder of yours.",
        cause);

    private async Task ReplaceAsync(string temporary, string target, CancellationToken cancellationToken)
    {
        try
        {
            await PrivateFiles.ReplaceAsync(temporary, target, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (PrivateFiles.IsInUse(problem))
        {
            throw new ConnectionException(ConnectionError.Busy, $"{FilePath} cannot be replaced: another process keeps it open. Nothing was changed.", problem);
        }
    }

    /// <summary>The format of a file that is not understood; 0 where even that is not to be read.</summary>
    private async Task<int> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var stream = PrivateFiles.Read(FilePath);
            using var file = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }, cancellationToken).ConfigureAwait(false);
            return file.RootElement.ValueKind == JsonValueKind.Object && file.RootElement.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) ? number : 0;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private ConnectionFile Checked(ConnectionFile file)
    {
        if (file.Version > ConnectionFile.CurrentVersion)
        {
            throw TooNew(file.Version);
        }

        return file.Problem() is { } problem ? throw Corrupt(problem) : file;
    }

    private ConnectionException TooNew(int version) => new(
        ConnectionError.Corrupt, $"{FilePath} was written by a newer CloudPosture (format {version}; this one knows {ConnectionFile.CurrentVersion}). Update the module.");

    private ConnectionException Corrupt(string problem) => new(
        ConnectionError.Corrupt,
        $"{FilePath} cannot be understood: {problem}. Repair it by hand or move it away; it was left untouched.");
}
