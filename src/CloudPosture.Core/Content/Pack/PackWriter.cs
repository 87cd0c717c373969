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
    private static readonly string[] YamlFiles = [ContentSource.ServiceFile, ContentSource.FindingsFile, ContentSource.RulesFile];

    /// <summary>Writes what a harvest and an assessment read; cases stay where they are.</summary>
    /// <exception cref="ContentException">A file is no YAML.</exception>
    public static void Write(ContentSource content, string path)
    {
        var files = YamlFiles.SelectMany(file => content.ServicesWith(file).Select(service => (Name: service + "/" + file, Bytes: Nodes(content.Maps(service, file)))))
            .Concat(content.ServicesWith(ContentSource.ModelFile).Select(service => (Name: service + "/" + ContentSource.ModelFile, Bytes: All(content.Open(service, ContentSource.ModelFile)!))))
            .Select(file => (file.Name, file.Bytes.Length, Packed: Deflated(file.Bytes)))
            .ToList();
        var index = 8 + files.Sum(file => 1 + (file.Name.Length > 127 ? 1 : 0) + file.Name.Length + 12);
        using var output = new BinaryWriter(File.Create(path), Encoding.UTF8);
        output.Write(PackContent.Magic);
        output.Write(files.Count);
        long offset = index;
        foreach (var (name, length, packed) in files)
        {
            output.Write(name);
            output.Write(offset);
            output.Write(length);
            offset += packed.Length;
        }

        foreach (var file in files)
        {
            output.Write(file.Packed);
        }
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
