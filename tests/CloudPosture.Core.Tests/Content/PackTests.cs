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
    private readonly FolderContent _folder = new(Path.Combine(RepositoryRoot.Path, "module"));

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

    [Theory]
    [InlineData(ContentSource.Frameworks)]
    [InlineData(ContentSource.Platform)]
    public void WhatBelongsToNoServiceReadsTheSameFromThePack(string folder)
    {
        var pack = new PackContent(_file);

        Assert.NotEmpty(pack.FilesIn(folder));
        Assert.All(pack.FilesIn(folder), file => Assert.Equal(_folder.Maps(folder, file).Select(map => map.Root), pack.Maps(folder, file).Select(map => map.Root)));
    }

    [Fact]
    public void EachModelIsTheSameByteForByte()
    {
        var pack = new PackContent(_file);

        Assert.Equal(_folder.ServicesWith(ContentSource.ModelFile), pack.ServicesWith(ContentSource.ModelFile));
        Assert.All(pack.ServicesWith(ContentSource.ModelFile), service => Assert.Equal(Bytes(_folder, service), Bytes(pack, service)));
    }

    [Fact]
    public void BesideFoldersThePackHidesNothingThatWasChanged()
    {
        var module = Directory.CreateTempSubdirectory("cloudposture-").FullName;
        try
        {
            foreach (var service in new[] { "glacier", "dax", "macie" })
            {
                var copy = Directory.CreateDirectory(Path.Combine(module, "aws", service)).FullName;
                foreach (var file in new[] { ContentSource.ServiceFile, ContentSource.RulesFile, ContentSource.ModelFile })
                {
                    File.Copy(_folder.PathOf(service, file), Path.Combine(copy, file));
                }
            }

            Directory.CreateDirectory(Path.Combine(module, "aws", ContentSource.Platform));
            foreach (var file in new[] { ContentSource.EscalationsFile, ContentSource.ResourcePoliciesFile, ContentSource.DataFile })
            {
                File.Copy(_folder.PathOf(ContentSource.Platform, file), Path.Combine(module, "aws", ContentSource.Platform, file));
            }

            PackWriter.Write(new FolderContent(module), Path.Combine(module, ContentSet.PackFile), isStamped: true);
            var rules = Path.Combine(module, "aws", "glacier", ContentSource.RulesFile);
            File.WriteAllText(rules, File.ReadAllText(rules).Replace("severity: Critical", "severity: High"));
            File.SetLastWriteTimeUtc(rules, DateTime.UtcNow.AddSeconds(1));
            Directory.Delete(Path.Combine(module, "aws", "macie"), recursive: true);

            var source = ContentSet.Of(module).Source;

            Assert.IsType<FreshContent>(source);
            Assert.Equal(["dax", "glacier"], source.ServicesWith(ContentSource.RulesFile));
            Assert.All(source.Maps("glacier", ContentSource.RulesFile), rule => Assert.Equal("High", rule.Text("severity")));
            Assert.Equal(_folder.Maps("dax", ContentSource.RulesFile).Select(map => map.Root), source.Maps("dax", ContentSource.RulesFile).Select(map => map.Root));
            Assert.Equal(Path.Combine(module, "aws", "dax", ContentSource.RulesFile), source.Maps("dax", ContentSource.RulesFile).First().File);

            File.WriteAllText(Path.Combine(module, ContentSet.PackFile), "of another version");
            Assert.Equal(["dax", "glacier"], ContentSet.Of(module).Source.ServicesWith(ContentSource.RulesFile));
        }
        finally
        {
            Directory.Delete(module, recursive: true);
        }
    }

    [Fact]
    public void OfEachFrameworkTheHeadIsReadAlone()
    {
        var pack = new PackContent(_file).FrameworkHeads();
        var folder = _folder.FrameworkHeads();

        Assert.NotEmpty(folder);
        Assert.Equal(folder.Select(one => (one.File, one.Head.Root)), pack.Select(one => (one.File, one.Head.Root)));
        Assert.All(pack, one => Assert.False(one.Head.Has(ContentSource.Requirements)));
    }

    private static byte[] Bytes(ContentSource content, string service)
    {
        using var stream = content.Open(service, ContentSource.ModelFile)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
