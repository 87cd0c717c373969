using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Content.Pack;

/// <summary>The content of a folder that people work in: what is as it was packed is read from the pack, at a fraction of the cost, all else from its files.</summary>
/// <param name="folder">The folder.</param>
/// <param name="pack">What was packed of it, each file with its stamp.</param>
internal sealed class FreshContent(FolderContent folder, PackContent pack) : ContentSource
{
    public override IReadOnlyList<string> ServicesWith(string file) => folder.ServicesWith(file);

    public override IReadOnlyList<string> FilesIn(string name) => folder.FilesIn(name);

    public override Stream? Open(string name, string file) => file == ModelFile && IsAsPacked(name, file) ? pack.Open(name, file) : folder.Open(name, file);

    public override IEnumerable<YamlMap> Maps(string name, string file) => IsAsPacked(name, file) ? pack.Maps(name, file, PathOf(name, file)) : folder.Maps(name, file);

    public override IReadOnlyList<(string File, YamlMap Head)> FrameworkHeads() =>
        FilesIn(Frameworks).SequenceEqual(pack.FilesIn(Frameworks)) && FilesIn(Frameworks).All(file => IsAsPacked(Frameworks, file))
            ? pack.FrameworkHeads()
            : folder.FrameworkHeads();

    public override string PathOf(string name, string file) => folder.PathOf(name, file);

    private bool IsAsPacked(string name, string file) => pack.StampOf(name, file) is { } stamp && stamp != FileStamp.None && stamp == FileStamp.Of(PathOf(name, file));
}
