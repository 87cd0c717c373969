using System;
using System.IO;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;

namespace CloudPosture.PowerShell;

/// <summary>The module's own files. The assembly lies in <c>module/bin/&lt;framework&gt;</c>.</summary>
internal static class ModuleFolder
{
    private static readonly Lazy<string> Root = new(() => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!, "..", "..")));

    private static readonly Lazy<ContentSet> Set = new(() => ContentSet.Of(Root.Value));

    /// <summary>What ships: the one that all cmdlets hand on.</summary>
    public static ContentSet Content => Set.Value;

    /// <summary>What can be harvested.</summary>
    public static ServiceCatalog Catalog => Content.Catalog;
}
