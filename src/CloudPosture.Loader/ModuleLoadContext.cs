using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace CloudPosture.Loader;

/// <summary>
/// Holds the module's cmdlets and their dependencies apart from those of the host and of other modules in PowerShell 7,
/// so that another AWSSDK.Core or YamlDotNet in the same process is neither used nor disturbed.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Modules = new(StringComparer.Ordinal);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("CloudPosture", isCollectible: false) => _folder = folder;

    /// <summary>Loads the module's assembly from a folder, once a process: a second import gets the same assembly.</summary>
    /// <param name="folder">The folder that holds the assembly and everything it needs.</param>
    /// <param name="assemblyName">The assembly's name without extension.</param>
    /// <exception cref="FileNotFoundException">The folder does not hold the assembly.</exception>
    public static Assembly LoadModule(string folder, string assemblyName) =>
        Modules.GetOrAdd(Path.Combine(folder, assemblyName + ".dll"), static path => new Lazy<Assembly>(() =>
            new ModuleLoadContext(Path.GetDirectoryName(path)!).LoadFromAssemblyPath(path))).Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (ComesWithRuntime(assemblyName))
        {
            return null;
        }

        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    // System.Text.Json and its like are part of newer runtimes, already loaded and precompiled there;
    // older ones (.NET 8 of PowerShell 7.4) need the copies that the module brings.
    private static bool ComesWithRuntime(AssemblyName name) =>
        name.Name is { } simple
        && simple.StartsWith("System.", StringComparison.Ordinal)
        && name.Version is { } version
        && version.Major <= Environment.Version.Major;
}
