using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Files;
using YamlDotNet.Serialization;

namespace CloudPosture.Findings.Exceptions;

/// <summary>The file of exceptions that a team reviews. What is changed are the lines of one entry; comments and the other entries stay as they were written.</summary>
/// <param name="path">The file's path.</param>
public sealed class ExceptionFile(string path)
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    /// <summary>The file's path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Whether there is such a file.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads it.</summary>
    /// <returns>The exceptions in their order; empty where there is no file.</returns>
    /// <exception cref="ContentException">The file is invalid.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<PostureException> Read() => [.. Entries().Select(entry => entry.Exception)];

    /// <summary>Appends an exception.</summary>
    /// <param name="exception">The exception; an empty id gets one that is derived from what it selects.</param>
    /// <returns>The exception as it was written.</returns>
    /// <exception cref="ExceptionExistsException">There is one with this id, or for the same things, already.</exception>
    public PostureException Add(PostureException exception) => AddNew([exception]).FirstOrDefault()
        ?? throw new ExceptionExistsException($"There is an exception '{Named(exception).Id}' in '{Path}' already.");

    /// <summary>Appends those exceptions of which there is none yet with their id, or for the same things.</summary>
    /// <param name="exceptions">The exceptions; an empty id gets one that is derived from what it selects.</param>
    /// <returns>The exceptions that were written.</returns>
    public IReadOnlyList<PostureException> AddNew(IEnumerable<PostureException> exceptions)
    {
        SpecialFile.Refuse(Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var turn = SharedFile.Lock(Path);
        var ids = new HashSet<string>(Read().Select(exception => exception.Id), StringComparer.OrdinalIgnoreCase);
        var added = exceptions.Select(Named).Where(exception => ids.Add(exception.Id)).ToList();
        if (added.Count > 0)
        {
            var text = Exists ? GivenFile.ReadText(Path) : "";
            var before = text.Trim() == "[]" ? "" : text;
            Write(before + (before.Length > 0 && !before.EndsWith("\n", StringComparison.Ordinal) ? "\n" : "") + string.Concat(added.Select(Text)));
        }

        return added;
    }

    /// <summary>Replaces the exception of the same id.</summary>
    /// <param name="exception">The exception.</param>
    /// <exception cref="KeyNotFoundException">There is none of the id.</exception>
    public void Set(PostureException exception) => Replace(exception.Id, Text(exception));

    /// <summary>Removes an exception.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="KeyNotFoundException">There is none of the id.</exception>
    public void Remove(string id) => Replace(id, "");

    private static PostureException Named(PostureException exception) => exception with { Id = exception.Id is "" ? ExceptionReader.IdOf(exception) : exception.Id };

    private static bool IsNamed(PostureException exception, string id) => string.Equals(exception.Id, id, StringComparison.OrdinalIgnoreCase);

    private static string Text(PostureException exception)
    {
        var entry = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = exception.Id };
        Put(entry, "rule", exception.Rule);
        Put(entry, "requirement", exception.Requirement);
        Put(entry, new ExceptionScope { Account = exception.Account, Resource = exception.Resource, Region = exception.Region, Tags = exception.Tags });
        if (exception.Unless.Count > 0)
        {
            entry["unless"] = exception.Unless.Select(scope =>
            {
                var where = new Dictionary<string, object>(StringComparer.Ordinal);
                Put(where, scope);
                return where;
            }).ToList();
        }

        Put(entry, "reason", exception.Reason);
        Put(entry, "by", exception.By);
        Put(entry, "ticket", exception.Ticket);
        Put(entry, "until", exception.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return Serializer.Serialize(new[] { entry }).Replace("\r\n", "\n");
    }

    private static void Put(Dictionary<string, object> entry, ExceptionScope scope)
    {
        Put(entry, "account", scope.Account);
        Put(entry, "resource", scope.Resource);
        Put(entry, "region", scope.Region);
        if (scope.Tags.Count > 0)
        {
            entry["tags"] = scope.Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
        }
    }

    private static void Put(Dictionary<string, object> entry, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            entry[key] = value!;
        }
    }

    private IReadOnlyList<(PostureException Exception, long Line)> Entries()
    {
        if (!Exists)
        {
            return [];
        }

        using var text = new StringReader(GivenFile.ReadText(Path));
        return ExceptionReader.Read(Path, text);
    }

    private void Replace(string id, string text)
    {
        using var turn = Exists ? SharedFile.Lock(Path) : null;
        var entries = Entries();
        var index = entries.ToList().FindIndex(entry => IsNamed(entry.Exception, id));
        if (index < 0)
        {
            throw new KeyNotFoundException($"There is no exception '{id}' in '{Path}'.");
        }

        var lines = GivenFile.ReadText(Path).Replace("\r\n", "\n").Split('\n').ToList();
        var first = (int)entries[index].Line - 1;
        var next = index + 1 < entries.Count ? (int)entries[index + 1].Line - 1 : lines.Count;
        if (!lines[first].StartsWith("- ", StringComparison.Ordinal) || next <= first)
        {
            throw new ContentException(Path, first + 1, $"exception {id}", "only an entry that begins with '- ' on a line of its own can be changed. Change this one by hand.");
        }

        // What is written above an entry belongs to it.
        while (next - 1 > first && IsRemark(lines[next - 1]))
        {
            next--;
        }

        Write(string.Concat(lines.Take(first).Select(line => line + "\n")) + text + string.Join("\n", lines.Skip(next)));
    }

    private static bool IsRemark(string line) => line.TrimStart() is var text && (text.Length == 0 || text[0] == '#');

    private void Write(string text)
    {
        Check(text);
        SharedFile.Replace(Path, file =>
        {
            file.Write(text);
            return true;
        });
    }

    // What is written must be readable, else an unlucky text would take every exception out of force.
    private void Check(string text)
    {
        using var reader = new StringReader(text);
        ExceptionReader.Read(Path, reader);
    }
}
