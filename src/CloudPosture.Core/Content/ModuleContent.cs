using System;
using System.IO;
using CloudPosture.Content.Pack;

namespace CloudPosture.Content;

/// <summary>The content that ships: the pack of an installed module, or the folders of a clone.</summary>
internal static class ModuleContent
{
    public const string PackFile = "content.pack";
    private const string ServicesFolder = "aws";
    private static Lazy<ContentSource> _shipped = new(() => new EmbeddedContent());

    public static ContentSource Shipped => _shipped.Value;

    /// <summary>Takes the content from a module's folder from now on. Nothing is read before it is asked for.</summary>
    public static void ReadFrom(string moduleFolder) => _shipped = new(() => Of(moduleFolder));

    /// <summary>A module's content.</summary>
    public static ContentSource Of(string moduleFolder)
    {
        var pack = Path.Combine(moduleFolder, PackFile);
        return File.Exists(pack) ? new PackContent(pack) : new FolderContent(Path.Combine(moduleFolder, ServicesFolder));
    }
}
