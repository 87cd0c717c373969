using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Findings.Exceptions;
using CloudPosture.PowerShell.Exceptions;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of the exceptions in the file that the line names.</summary>
public sealed class ExceptionCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        new ExceptionFile(boundParameters["ExceptionPath"] as string is { Length: > 0 } path ? Path.GetFullPath(path) : ExceptionLocation.Default).Read()
            .Select(exception => (exception.Id, $"{exception.Rule ?? exception.Requirement} {exception.Resource}: {exception.Reason}"));
}
