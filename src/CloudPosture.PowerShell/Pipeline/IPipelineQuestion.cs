using System.Management.Automation;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>Something only the pipeline thread may find out, because it needs the engine or the host.</summary>
internal interface IPipelineQuestion
{
    /// <summary>Answers on the pipeline thread; whoever asked goes on elsewhere.</summary>
    void Answer(PSCmdlet cmdlet);
}
