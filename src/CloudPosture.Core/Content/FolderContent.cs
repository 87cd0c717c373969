using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Content;

/// <summary>Content as people write it: a folder a service.</summary>
/// <param name="folder">The folder that holds them (<c>module/aws</c>).</param>
internal sealed class FolderContent(string folder) : ContentSource
{
    public override IReadOnlyList<string> ServicesWith(string file) =>
        [.. Directory.EnumerateDirectories(folder)
            .Where(service => File.Exists(Path.Combine(service, file)))
            .Select(service => Path.GetFileName(service))
            .Where(name => name[0] != '_')
            .OrderBy(name => name, StringComparer.Ordinal)];

    public override Stream? Open(string service, string file) => File.Exists(PathOf(service, file)) ? File.OpenRead(PathOf(service, file)) : null;

    public override string PathOf(string service, string file) => Path.Combine(folder, service, file);
}
