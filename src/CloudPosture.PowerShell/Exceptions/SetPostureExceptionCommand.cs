using System;
using System.Management.Automation;
using CloudPosture.Findings.Exceptions;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Changes reason, end, ticket or who decided of exceptions.</summary>
[Cmdlet(VerbsCommon.Set, "PostureException", SupportsShouldProcess = true)]
[OutputType(typeof(PostureExceptionInfo))]
public sealed class SetPostureExceptionCommand : ExceptionCmdlet
{
    /// <summary>Ids of exceptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ExceptionId")]
    [NamesFrom("ExceptionId", "Id", What = "exception")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Why.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Who decided.</summary>
    [Parameter]
    public string? By { get; set; }

    /// <summary>The ticket.</summary>
    [Parameter]
    public string? Ticket { get; set; }

    /// <summary>The last day in force; null for no end.</summary>
    [Parameter]
    [AllowNull]
    public DateTime? Until { get; set; }

    /// <summary>Gives the changed exceptions.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var file = ExceptionLocation.ExistingFile(this, ExceptionPath);
        foreach (var exception in Select(file, Id))
        {
            if (ShouldProcess(Display.Text(exception.Id), "Change exception"))
            {
                var changed = Changed(exception);
                file.Set(changed);
                WriteObject(PassThru ? Review(file, [changed]) : [], enumerateCollection: true);
            }
        }
    }

    private PostureException Changed(PostureException exception) => exception with
    {
        Reason = Reason ?? exception.Reason,
        By = By ?? exception.By,
        Ticket = Ticket ?? exception.Ticket,
        Until = MyInvocation.BoundParameters.ContainsKey(nameof(Until)) ? DayOf(Until) : exception.Until,
    };
}
