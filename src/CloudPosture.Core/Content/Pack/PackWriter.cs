using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Pack;

/// <summary>Makes a pack of a folder.</summary>
internal static class PackWriter
{
    private static readonly string[] YamlFiles = [ContentSource.ServiceFile, ContentSource.FindingsFile, ContentSource.EventsFile, ContentSource.RulesFile];
    private static readonly string[] PlatformFiles = [ContentSource.EscalationsFile, ContentSource.ResourcePoliciesFile, ContentSource.DataFile];

    /// <summary>Writes what a harvest and an assessment read; cases stay where they are.</summary>
    /// <param name="content">What is packed.</param>
    /// <param name="path">The pack.</param>
    /// <param name="isStamped">True where the files stay beside the pack and may be changed: each is packed with its stamp.</param>
    /// <exception cref="ContentException">A file is no YAML.</exception>
    public static void Write(ContentSource content, string path, bool isStamped = false)
    {
        var files = FilesOf(content)
            .Select(file => (
                Name: file.Folder + "/" + file.File,
                Bytes: BytesOf(content, file),
                Stamp: isStamped ? FileStamp.Of(content.PathOf(file.Folder, file.File)) : FileStamp.None))
            .Select(file => (file.Name, file.Bytes.Length, Packed: Deflated(file.Bytes), file.Stamp))
            .ToList();
        var index = 8 + files.Sum(file => 1 + (file.Name.Length > 127 ? 1 : 0) + file.Name.Length + 28);
        using var output = new BinaryWriter(File.Create(path), Encoding.UTF8);
        output.Write(PackContent.Magic);
        output.Write(files.Count);
        long offset = index;
        foreach (var (name, length, packed, stamp) in files)
        {
            output.Write(name);
            output.Write(offset);
            output.Write(length);
            output.Write(stamp.Length);
            output.Write(stamp.Written);
            offset += packed.Length;
        }

        foreach (var file in files)
        {
            output.Write(file.Packed);
        }
    }

    private static IEnumerable<(string Folder, string File)> FilesOf(ContentSource content) =>
        YamlFiles.Append(ContentSource.ModelFile).SelectMany(file => content.ServicesWith(file).Select(service => (service, file)))
            .Concat(content.FilesIn(ContentSource.Frameworks).Append(PackContent.Heads).Select(file => (ContentSource.Frameworks, file)))
            .Concat(PlatformFiles.Select(file => (ContentSource.Platform, file)));

    private static byte[] BytesOf(ContentSource content, (string Folder, string File) file) => file.File == ContentSource.ModelFile
        ? All(content.Open(file.Folder, file.File)!)
        : file.File == PackContent.Heads
        ? Nodes(content.FilesIn(ContentSource.Frameworks).Select(framework => Head(content, framework)))
        : Nodes(content.Maps(file.Folder, file.File));

    private static YamlMap Head(ContentSource content, string file)
    {
        var whole = content.Maps(ContentSource.Frameworks, file).Single();
        return new YamlMap(whole.File, whole.Without(ContentSource.Requirements), null);
    }

    private static byte[] Nodes(IEnumerable<YamlMap> maps)
    {
        var buffer = new MemoryStream();
        using (var output = new BinaryWriter(buffer, Encoding.UTF8))
        {
            new NodeWriter(output).Write(new YamlSequenceNode(maps.Select(map => map.Root)));
        }

        return buffer.ToArray();
    }

    private static byte[] All(Stream stream)
    {
        var buffer = new MemoryStream();
        using (stream)
        {
            stream.CopyTo(buffer);
        }

        return buffer.ToArray();
    }

    private static byte[] Deflated(byte[] bytes)
    {
        var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Optimal))
        {
            deflate.Write(bytes, 0, bytes.Length);
        }

        return buffer.ToArray();
    }
}
