using System;
using System.IO;
using System.Linq;

namespace CloudPosture.Tests.Desktop;

/// <summary>A test that runs the .NET Framework build under Mono; it says so where Mono, or its facades, are not installed.</summary>
public sealed class MonoFactAttribute : FactAttribute
{
    public MonoFactAttribute()
    {
        if (!HasMono())
        {
            Skip = "mono with its facade assemblies (Debian: mono-devel) is not here: the .NET Framework build is not run.";
        }
    }

    private static bool HasMono() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "mono")) && Directory.Exists(Path.Combine(folder, "..", "lib", "mono", "4.5", "Facades")));
}
