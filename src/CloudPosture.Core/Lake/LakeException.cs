using System;

namespace CloudPosture.Lake;

/// <summary>The lake cannot be read or written. The message names the file and says what to do.</summary>
public sealed class LakeException : Exception
{
    internal LakeException(string path, string problem, Exception? cause = null)
        : base($"{path}: {problem}", cause) => Path = path;

    /// <summary>The file or folder that is the cause.</summary>
    public string Path { get; }

    internal static LakeException Damaged(string path, string harvestId, string problem, Exception? cause = null) =>
        new(path, $"{problem} Restore it from a copy, harvest these accounts again, or remove the folder 'harvest={harvestId}'. Other harvests are not affected.", cause);
}
