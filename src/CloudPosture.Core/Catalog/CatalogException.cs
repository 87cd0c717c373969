using System;

namespace CloudPosture.Catalog;

/// <summary>A file of the catalog is invalid.</summary>
public sealed class CatalogException : Exception
{
    internal CatalogException(string file, long line, string problem, Exception? cause = null)
        : base($"{file}, line {line}: {problem}", cause)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public long Line { get; }
}
