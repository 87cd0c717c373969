using System;

namespace CloudPosture.Tests.Harvest;

/// <summary>A test of what only Unix lets an ordinary user do.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no limit on the length of a process's files.";
        }
    }
}
