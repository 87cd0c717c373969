using System.Management.Automation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Removes exceptions: what they covered fails again at once.</summary>
[Cmdlet(VerbsCommon.Remove, "PostureException", SupportsShouldProcess = true)]
[OutputType(typeof(PostureExceptionInfo))]
public sealed class RemovePostureExceptionCommand : ExceptionCmdlet
{
    /// <summary>Ids of exceptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ExceptionId")]
    [NamesFrom("ExceptionId", "Id", What = "exception")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Gives the removed exceptions.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var file = ExceptionLocation.ExistingFile(this, ExceptionPath);
        foreach (var exception in Select(file, Id))
        {
            if (ShouldProcess(Display.Text(exception.Id), "Remove exception"))
            {
                file.Remove(exception.Id);
                WriteObject(PassThru ? Review(file, [exception]) : [], enumerateCollection: true);
            }
        }
    }
}
