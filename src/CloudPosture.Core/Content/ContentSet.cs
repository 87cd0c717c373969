using System;
using System.IO;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Pack;

namespace CloudPosture.Content;

/// <summary>
/// What is known of AWS's services and asked of them: the catalog, the API models, the rules and the frameworks. Whoever needs it is
/// given it. Each service's files are read when they are first asked for, and then kept.
/// </summary>
public sealed class ContentSet
{
    /// <summary>The pack's name in a module's folder.</summary>
    internal const string PackFile = "content.pack";

    private const string ServicesFolder = "aws";
    private readonly Lazy<ContentSource> _source;

    internal ContentSet(Func<ContentSource> source)
    {
        _source = new(source);
        Catalog = new ServiceCatalog(_source);
        Models = new ServiceModels(() => Source.ServicesWith(ContentSource.ModelFile), name => Source.Open(name, ContentSource.ModelFile));
    }

    /// <summary>What can be harvested, and how.</summary>
    public ServiceCatalog Catalog { get; }

    /// <summary>The API models.</summary>
    public ServiceModels Models { get; }

    /// <summary>The files themselves.</summary>
    internal ContentSource Source => _source.Value;

    /// <summary>A module's content: its pack, or where it has none its folders. Nothing is read yet.</summary>
    /// <param name="moduleFolder">The folder that holds <c>content.pack</c>, or <c>aws</c>.</param>
    public static ContentSet Of(string moduleFolder) => new(() =>
        Path.Combine(moduleFolder, PackFile) is var pack && File.Exists(pack) ? new PackContent(pack) : new FolderContent(Path.Combine(moduleFolder, ServicesFolder)));
}
