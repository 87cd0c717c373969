using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Content;

/// <summary>Content as people write it: a folder a service.</summary>
/// <param name="module">The folder that holds <c>aws</c> and <c>frameworks</c>.</param>
internal sealed class FolderContent(string module) : ContentSource
{
    private readonly string _services = Path.Combine(module, "aws");

    public override IReadOnlyList<string> ServicesWith(string file) =>
        [.. Directory.EnumerateDirectories(_services)
            .Where(service => File.Exists(Path.Combine(service, file)))
            .Select(service => Path.GetFileName(service))
            .Where(name => name[0] != '_')
            .OrderBy(name => name, StringComparer.Ordinal)];

    public override IReadOnlyList<string> FilesIn(string folder) => Directory.Exists(PathOf(folder))
        ? [.. Directory.EnumerateFiles(PathOf(folder), "*.yaml").Select(file => Path.GetFileName(file)).OrderBy(name => name, StringComparer.Ordinal)]
        : [];

    public override Stream? Open(string folder, string file) => File.Exists(PathOf(folder, file)) ? File.OpenRead(PathOf(folder, file)) : null;

    public override string PathOf(string folder, string file) => Path.Combine(PathOf(folder), file);

    private string PathOf(string folder) => Path.Combine(folder == Frameworks ? module : _services, folder);
}
