using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Exceptions;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Gets the accepted failures and whether they are still in force and of use.</summary>
[Cmdlet(VerbsCommon.Get, "PostureException")]
[OutputType(typeof(PostureExceptionInfo))]
public sealed class GetPostureExceptionCommand : ExceptionCmdlet
{
    /// <summary>Ids of exceptions.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ExceptionId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    public string[]? Id { get; set; }

    /// <summary>States.</summary>
    [Parameter]
    [Choice(typeof(ExceptionState))]
    public ExceptionState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (MyInvocation.ExpectingInput && Id?.Any(id => id is { Length: > 0 }) != true)
        {
            // A finding that none covers does not ask for all.
            return;
        }

        var file = ExceptionLocation.ExistingFile(this, ExceptionPath);
        WriteObject(Review(file, Select(file, Id)).Where(exception => State?.Contains(exception.State) != false), enumerateCollection: true);
    }
}
