using System;
using System.IO;

namespace CloudPosture.Lake.Harvests;

/// <summary>Harvests that another process removes while they are read: from then on they are none of the lake's.</summary>
internal static class Removed
{
    /// <summary>Reads of a harvest's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads.</param>
    /// <param name="otherwise">What it is where the folder is gone meanwhile.</param>
    public static T Else<T>(string folder, Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is (DirectoryNotFoundException or FileNotFoundException) && !Directory.Exists(folder))
        {
            return otherwise;
        }
    }
}
