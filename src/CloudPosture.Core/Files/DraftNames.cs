using System;
using System.IO;
using System.Text.RegularExpressions;

namespace CloudPosture.Files;

/// <summary>Names of drafts in messages. A user knows the file that was asked for; the draft beside it has a name that nobody gave, and is gone when its message is read.</summary>
internal static class DraftNames
{
    private static readonly Regex Ending = new("""\.[0-9a-f]{32}""" + Regex.Escape(PrivateFiles.DraftEnding) + """\b""", RegexOptions.CultureInvariant);

    /// <summary>A message about the file instead of its draft.</summary>
    public static string Without(string message) => Ending.Replace(message, "");

    /// <summary>Does what writes a draft; what the disk refuses is told of its file.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder's rights forbid it.</exception>
    public static T Hide<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (DirectoryNotFoundException problem) when (Ending.IsMatch(problem.Message))
        {
            throw new DirectoryNotFoundException(Without(problem.Message), problem);
        }
        catch (IOException problem) when (Ending.IsMatch(problem.Message))
        {
            throw new IOException(Without(problem.Message), problem.HResult);
        }
        catch (UnauthorizedAccessException problem) when (Ending.IsMatch(problem.Message))
        {
            throw new UnauthorizedAccessException(Without(problem.Message), problem);
        }
    }
}
