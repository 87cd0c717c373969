using System;
using CloudPosture.Errors;

namespace CloudPosture.Lake;

/// <summary>The lake cannot be read or written. The message names the file and says what to do.</summary>
public sealed class LakeException : CloudPostureException
{
    internal LakeException(string path, string problem, Exception? cause = null, Advice? advice = null)
        : base($"{path}: {problem}", cause)
    {
        Path = path;
        Advice = advice ?? new Advice("Correct the lake's folder as the message says, or use another.");
    }

    /// <inheritdoc/>
    public override string Id => "Lake";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Storage;

    /// <inheritdoc/>
    public override Advice Advice { get; }

    /// <summary>The file or folder that is the cause.</summary>
    public string Path { get; }

    /// <summary>True where something in the lake is not as it was written, which concerns no other harvest; false where the lake as a whole refuses.</summary>
    public bool IsDamage { get; private init; }

    internal static LakeException Damaged(string path, string harvestId, string problem, Exception? cause = null) =>
        new(path, $"{problem} Restore it from a copy, harvest these accounts again, or remove the folder 'harvest={harvestId}'. Other harvests are not affected.", cause) { IsDamage = true };
}
