using System;
using System.IO;
using CloudPosture.Catalog;

namespace CloudPosture.PowerShell;

/// <summary>The module's own files. The assembly lies in <c>module/bin/&lt;framework&gt;</c>.</summary>
internal static class ModuleFolder
{
    private static readonly Lazy<string> Root = new(() => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!, "..", "..")));

    /// <summary>Lets the engine read its content from here; nothing is read yet.</summary>
    public static void Open() => ServiceCatalog.ReadFrom(Root.Value);

    public static string Benchmarks => Path.Combine(Root.Value, "frameworks");
}
