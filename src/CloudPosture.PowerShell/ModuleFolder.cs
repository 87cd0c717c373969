using System;
using System.IO;

namespace CloudPosture.PowerShell;

/// <summary>The module's own files. The assembly lies in <c>module/bin/&lt;framework&gt;</c>.</summary>
internal static class ModuleFolder
{
    private static readonly Lazy<string> Root = new(() => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!, "..", "..")));

    public static string Rules => Path.Combine(Root.Value, "aws");

    public static string Benchmarks => Path.Combine(Root.Value, "frameworks");
}
