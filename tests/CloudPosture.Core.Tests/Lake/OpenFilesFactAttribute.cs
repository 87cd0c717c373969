using System.IO;

namespace CloudPosture.Tests.Lake;

/// <summary>A test that looks at what this process has open.</summary>
public sealed class OpenFilesFactAttribute : FactAttribute
{
    public OpenFilesFactAttribute()
    {
        if (!Directory.Exists("/proc/self/fd"))
        {
            Skip = "Only Linux lists the files of a process.";
        }
    }
}
