using System;
using System.IO;
using System.Management.Automation;
using CloudPosture.Connections;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Posture.Rules;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Where the exceptions are: the parameter, else the environment, else beside the connections.</summary>
internal static class ExceptionLocation
{
    private const string Variable = "CLOUDPOSTURE_EXCEPTIONS";

    /// <summary>The file where no command line names one.</summary>
    public static string Default => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : Path.Combine(ConnectionStore.DefaultFolder, "exceptions.yaml");

    /// <summary>The file, whether or not it is there.</summary>
    public static ExceptionFile File(PSCmdlet cmdlet, string? path) => new(Named(cmdlet, path) ?? Default);

    /// <summary>The file for reading.</summary>
    /// <exception cref="FileNotFoundException">A file is named and not there: then nothing would be excepted, without a word.</exception>
    public static ExceptionFile ExistingFile(PSCmdlet cmdlet, string? path)
    {
        var file = File(cmdlet, path);
        return file.Exists || Named(cmdlet, path) is null
            ? file
            : throw new FileNotFoundException($"There is no file '{file.Path}'. Correct -ExceptionPath or {Variable}, or make the file with New-PostureException.");
    }

    /// <summary>The exceptions that are in force.</summary>
    /// <param name="cmdlet">Resolves the path.</param>
    /// <param name="path">The file that the command line names; null where it names none.</param>
    /// <param name="lake">Where the tags of resources are looked up.</param>
    /// <param name="library">The benchmarks, for exceptions by requirement.</param>
    public static ExceptionSet InForce(PSCmdlet cmdlet, string? path, PostureLake lake, RuleLibrary library) =>
        ExistingFile(cmdlet, path).Read() is { Count: > 0 } exceptions
            ? ExceptionSet.Of(exceptions, library.Benchmarks, lake, DateTimeOffset.UtcNow)
            : ExceptionSet.Empty;

    private static string? Named(PSCmdlet cmdlet, string? path) =>
        path is { Length: > 0 } ? cmdlet.Resolve(path)
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : null;
}
