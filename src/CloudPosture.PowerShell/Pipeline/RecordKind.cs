namespace CloudPosture.PowerShell.Pipeline;

/// <summary>The stream a <see cref="PipelineRecord"/> goes to.</summary>
internal enum RecordKind
{
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
    Progress,
    Question,
}
