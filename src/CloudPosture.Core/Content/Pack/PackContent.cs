using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Pack;

/// <summary>Content from the one file that the builder makes of the folder: an index, then each file by itself, so that only what is used is read.</summary>
internal sealed class PackContent : ContentSource
{
    internal const int Magic = 0x32504350;

    /// <summary>What all frameworks say of themselves, in the order of their files.</summary>
    internal const string Heads = "heads";

    private readonly string _path;
    private readonly Dictionary<string, (long Offset, int Length, FileStamp Stamp)> _index = new(StringComparer.Ordinal);

    /// <exception cref="ContentException">The file is no pack.</exception>
    public PackContent(string path)
    {
        _path = path;
        using var reader = new BinaryReader(Read(0), Encoding.UTF8);
        if (reader.ReadInt32() != Magic)
        {
            throw new ContentException(path, 0, null, "this is no content of CloudPosture. Install the module again.");
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _index.Add(reader.ReadString(), (reader.ReadInt64(), reader.ReadInt32(), new FileStamp(reader.ReadInt64(), reader.ReadInt64())));
        }
    }

    public override IReadOnlyList<string> ServicesWith(string file) =>
        [.. _index.Keys.Where(name => name.EndsWith("/" + file, StringComparison.Ordinal))
            .Select(name => name.Substring(0, name.Length - file.Length - 1))
            .OrderBy(name => name, StringComparer.Ordinal)];

    public override IReadOnlyList<string> FilesIn(string folder) =>
        [.. _index.Keys.Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(name => name.Substring(folder.Length + 1))
            .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal)];

    public override Stream? Open(string folder, string file) => _index.TryGetValue(folder + "/" + file, out var place) ? new MemoryStream(Bytes(place), writable: false) : null;

    /// <summary>Whether the files were packed to lie beside the pack and be changed.</summary>
    public bool IsStamped => _index.Values.Any(place => place.Stamp != FileStamp.None);

    /// <summary>By what a file is known to be the one that was packed; null where the pack has none.</summary>
    public FileStamp? StampOf(string folder, string file) => _index.TryGetValue(folder + "/" + file, out var place) ? place.Stamp : null;

    public override IEnumerable<YamlMap> Maps(string folder, string file) => Maps(folder, file, PathOf(folder, file));

    /// <param name="folder">The file's folder.</param>
    /// <param name="file">Its name.</param>
    /// <param name="path">What errors call it.</param>
    public IEnumerable<YamlMap> Maps(string folder, string file, string path) => Nodes(folder, file).Select(node => new YamlMap(path, node, null));

    public override IReadOnlyList<(string File, YamlMap Head)> FrameworkHeads() =>
        [.. FilesIn(Frameworks).Zip(Nodes(Frameworks, Heads), (file, head) => (file, new YamlMap(PathOf(Frameworks, file), head, null)))];

    // A framework is there to be read and copied as well.
    public override string PathOf(string folder, string file) => folder == Frameworks ? Path.Combine(Path.GetDirectoryName(_path)!, folder, file) : base.PathOf(folder, file);

    private IEnumerable<YamlNode> Nodes(string folder, string file)
    {
        using var reader = new BinaryReader(Open(folder, file) ?? throw Missing(folder, file), Encoding.UTF8);
        var root = new NodeReader(reader).Read();
        return root is YamlSequenceNode list ? list.Children : [root];
    }

    private byte[] Bytes((long Offset, int Length, FileStamp Stamp) place)
    {
        using var stream = Read(place.Offset);
        using var inflated = new DeflateStream(stream, CompressionMode.Decompress);
        var bytes = new byte[place.Length];
        var length = 0;
        int read;
        while (length < bytes.Length && (read = inflated.Read(bytes, length, bytes.Length - length)) > 0)
        {
            length += read;
        }

        return bytes;
    }

    private FileStream Read(long offset)
    {
        var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 16384);
        stream.Position = offset;
        return stream;
    }
}
