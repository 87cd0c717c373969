using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Content.Yaml;

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

    /// <summary>The frameworks lie beside the services.</summary>
    public override IEnumerable<(YamlMap Head, Func<YamlMap> Whole)> Frameworks() =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, FrameworksFolder) is var frameworks && Directory.Exists(frameworks)
            ? YamlFile.In(frameworks).Select(file => (HeadOf(file), (Func<YamlMap>)(() => WholeOf(file))))
            : [];

    public override Stream? Open(string service, string file) => File.Exists(PathOf(service, file)) ? File.OpenRead(PathOf(service, file)) : null;

    public override string PathOf(string service, string file) => Path.Combine(folder, service, file);

    private static YamlMap WholeOf(string file)
    {
        using var text = File.OpenText(file);
        return YamlFile.Maps(file, text).Single();
    }

    /// <summary>What stands before the requirements, so that a list of names costs no more than its names.</summary>
    private static YamlMap HeadOf(string file)
    {
        using var text = File.OpenText(file);
        var head = new StringBuilder();
        while (text.ReadLine() is { } line && !line.StartsWith(Requirements + ":", StringComparison.Ordinal))
        {
            head.Append(line).Append('\n');
        }

        return YamlFile.Maps(file, new StringReader(head.ToString())).Single();
    }
}
