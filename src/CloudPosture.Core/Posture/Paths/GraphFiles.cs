using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Files;
using CloudPosture.Graph.Export;

namespace CloudPosture.Posture.Paths;

/// <summary>Writes exported graphs to files that their user alone can read, each whole or not at all.</summary>
public static class GraphFiles
{
    /// <summary>The files that an export makes.</summary>
    /// <param name="path">The file, or for a format of several the folder.</param>
    /// <param name="format">The format.</param>
    public static IReadOnlyList<string> Of(string path, GraphFormat format) => [.. GraphExport.FilesOf(format).Select(name => name.Length == 0 ? path : Path.Combine(path, name))];

    /// <summary>Writes a graph.</summary>
    /// <param name="part">What to write.</param>
    /// <param name="format">The format.</param>
    /// <param name="path">The file, or for a format of several the folder.</param>
    /// <exception cref="IOException">The disk refuses, or the file is a symbolic link.</exception>
    public static void Write(GraphPart part, GraphFormat format, string path)
    {
        foreach (var name in GraphExport.FilesOf(format))
        {
            var file = Path.GetFullPath(name.Length == 0 ? path : Path.Combine(path, name));
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(file) ?? throw new IOException($"'{path}' is no file that can be written."));
            PrivateFiles.Replace(file, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
                GraphExport.Write(part, format, name, writer);
            });
        }
    }
}
