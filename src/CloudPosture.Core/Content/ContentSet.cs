using System;
using System.IO;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Pack;

namespace CloudPosture.Content;

/// <summary>
/// What is known of AWS's services and asked of them: the catalog, the API models, the rules, the frameworks,
/// and the ways to more rights. Whoever needs it is
/// given it. Each service's files are read when they are first asked for, and then kept.
/// </summary>
public sealed class ContentSet
{
    /// <summary>The pack's name in a module's folder.</summary>
    internal const string PackFile = "content.pack";

    private readonly Lazy<ContentSource> _source;

    internal ContentSet(Func<ContentSource> source)
    {
        _source = new(source);
        Catalog = new ServiceCatalog(_source, this);
        Models = new ServiceModels(() => Source.ServicesWith(ContentSource.ModelFile), name => Source.Open(name, ContentSource.ModelFile));
    }

    /// <summary>What can be harvested, and how.</summary>
    public ServiceCatalog Catalog { get; }

    /// <summary>The API models.</summary>
    public ServiceModels Models { get; }

    /// <summary>The files themselves.</summary>
    internal ContentSource Source => _source.Value;

    /// <summary>
    /// A module's content: its pack, where that is all there is of it; its folders, and what of them a pack beside them holds unchanged.
    /// Nothing is read yet.
    /// </summary>
    /// <param name="moduleFolder">The folder that holds <c>content.pack</c>, or <c>aws</c>.</param>
    public static ContentSet Of(string moduleFolder) => new(() => SourceIn(moduleFolder, Path.Combine(moduleFolder, PackFile)));

    private static ContentSource SourceIn(string moduleFolder, string pack)
    {
        if (!File.Exists(pack))
        {
            return new FolderContent(moduleFolder);
        }

        try
        {
            var packed = new PackContent(pack);
            return packed.IsStamped ? new FreshContent(new FolderContent(moduleFolder), packed) : packed;
        }
        catch (Exception problem) when (problem is ContentException or IOException && Directory.Exists(Path.Combine(moduleFolder, "aws")))
        {
            // A pack of another version, or one that is being made: the folders hold the same.
            return new FolderContent(moduleFolder);
        }
    }
}
