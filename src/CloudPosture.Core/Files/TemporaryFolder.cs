using System;
using System.IO;

namespace CloudPosture.Files;

/// <summary>A folder for what waits to be merged, which only the current user can open and which goes when it is disposed. It is made when it is used.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"cloudposture-{Guid.NewGuid():N}");

    /// <summary>A path for a file.</summary>
    public string NewFile()
    {
        PrivateFiles.CreateDirectory(_path);
        return Path.Combine(_path, Guid.NewGuid().ToString("N"));
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_path))
            {
                Directory.Delete(_path, recursive: true);
            }
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            // The system clears its folder of temporary files.
        }
    }
}
