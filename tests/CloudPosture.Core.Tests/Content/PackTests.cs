using System;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Pack;

namespace CloudPosture.Tests.Content;

/// <summary>The pack of a package holds what its folders hold.</summary>
public sealed class PackTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly FolderContent _folder = new(Path.Combine(RepositoryRoot.Path, "module", "aws"));

    public PackTests() => PackWriter.Write(_folder, _file);

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(ContentSource.ServiceFile)]
    [InlineData(ContentSource.FindingsFile)]
    [InlineData(ContentSource.RulesFile)]
    public void EachServiceReadsTheSameFromThePack(string file)
    {
        var pack = new PackContent(_file);

        Assert.Equal(_folder.ServicesWith(file), pack.ServicesWith(file));
        Assert.All(pack.ServicesWith(file), service => Assert.Equal(_folder.Maps(service, file).Select(map => map.Root), pack.Maps(service, file).Select(map => map.Root)));
    }

    [Fact]
    public void EachModelIsTheSameByteForByte()
    {
        var pack = new PackContent(_file);

        Assert.Equal(_folder.ServicesWith(ContentSource.ModelFile), pack.ServicesWith(ContentSource.ModelFile));
        Assert.All(pack.ServicesWith(ContentSource.ModelFile), service => Assert.Equal(Bytes(_folder, service), Bytes(pack, service)));
    }

    private static byte[] Bytes(ContentSource content, string service)
    {
        using var stream = content.Open(service, ContentSource.ModelFile)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
