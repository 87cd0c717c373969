using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.ModuleBuilder.Help;

namespace CloudPosture.PowerShell.Tests;

/// <summary>The compiled cmdlets and the files of the module, as the tests look at them.</summary>
internal static class Cmdlets
{
    public static IReadOnlyList<CmdletShape> All { get; } = CmdletShape.In(typeof(PostureCmdlet).Assembly);

    public static IReadOnlyList<Type> Outputs { get; } = [.. All.SelectMany(cmdlet => cmdlet.Outputs).Distinct()];

    public static string Repository { get; } = FindRepository();

    public static TheoryData<string> Names => [.. All.Select(cmdlet => cmdlet.Name)];

    public static CmdletShape Get(string name) => All.Single(cmdlet => cmdlet.Name == name);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CloudPosture.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No CloudPosture.psd1 above {AppContext.BaseDirectory}.");
    }
}
