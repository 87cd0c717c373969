using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Files;

/// <summary>
/// Files that people name, read as a whole. What they name may be a pipe that nobody writes to, or a device that never ends: the one is
/// not waited for without end, and the other does not take all memory.
/// </summary>
public static class GivenFile
{
    /// <summary>More than people write: 64 MiB.</summary>
    public const int MostOfText = 64 << 20;

    /// <summary>More than programs write for us: 1 GiB.</summary>
    public const int MostOfList = 1 << 30;

    private const int BufferSize = 1 << 16;
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(30);

    // What feeds a pipe may take its time, as a command that asks AWS does.
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(5);

    /// <summary>The text of a file: UTF-8, or what its mark says.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    public static string ReadText(string path, int most = MostOfText, TimeSpan? patience = null)
    {
        using var text = new StreamReader(new MemoryStream(ReadBytes(path, most, patience)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return text.ReadToEnd();
    }

    /// <summary>The lines of a file, however they end.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    public static IReadOnlyList<string> ReadLines(string path, int most = MostOfText, TimeSpan? patience = null)
    {
        var lines = new List<string>();
        using var text = new StringReader(ReadText(path, most, patience));
        while (text.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes such a file may have.</param>
    /// <param name="patience">How long opening and reading what is no ordinary file may take; null for as long as is usual.</param>
    /// <exception cref="IOException">It cannot be read, is larger, or a pipe that nothing comes through.</exception>
    /// <exception cref="UnauthorizedAccessException">The file's rights forbid it.</exception>
    public static byte[] ReadBytes(string path, int most = MostOfText, TimeSpan? patience = null)
    {
        if (new FileInfo(SymbolicLinks.TargetOf(Path.GetFullPath(path))) is { Exists: true, Length: > 0 and var length })
        {
            return length <= most ? Read(path, PrivateFiles.Read(path), most) : throw TooLarge(path, most);
        }

        // Pipes and devices have no length, and neither has an empty file.
        var file = InTime(() => PrivateFiles.Read(path), patience ?? LongestOpening, path);
        return InTime(() => Read(path, file, Math.Min(most, MostOfText)), patience ?? LongestReading, path);
    }

    private static byte[] Read(string path, FileStream file, int most)
    {
        using (file)
        {
            using var all = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, most) : 0);
            var buffer = new byte[BufferSize];
            for (int read; (read = file.Read(buffer, 0, buffer.Length)) > 0;)
            {
                if (all.Length + read > most)
                {
                    throw TooLarge(path, most);
                }

                all.Write(buffer, 0, read);
            }

            return all.Length == all.Capacity ? all.GetBuffer() : all.ToArray();
        }
    }

    // A thread that waits for a pipe cannot be stopped. It ends with the process, and closes what it may yet open.
    private static T InTime<T>(Func<T> act, TimeSpan patience, string path)
    {
        var acting = Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny([acting], patience) < 0)
        {
            _ = acting.ContinueWith(Close, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new IOException($"Nothing came from '{path}' for {patience.TotalSeconds:0} seconds. It seems to be a pipe that nobody writes to: name a file.");
        }

        return acting.GetAwaiter().GetResult();

        static void Close(Task<T> late)
        {
            if (late.Exception is null && late.Result is IDisposable opened)
            {
                opened.Dispose();
            }
        }
    }

    private static IOException TooLarge(string path, int most) =>
        new($"'{path}' is larger than {(most >= 1 << 20 ? $"{most >> 20} MiB" : $"{most >> 10} KiB")}, which is more than such a file ever has. Name another file.");
}
