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

    /// <summary>Removes it; what the disk refuses, the system clears with its other temporary files.</summary>
    public void Dispose() => PrivateFiles.Quietly(() =>
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }
    });
}
