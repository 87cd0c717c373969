namespace CloudPosture.PowerShell.Pipeline;

/// <summary>What a worker wants written, or asked, by the pipeline thread.</summary>
/// <param name="Kind">The stream.</param>
/// <param name="Value">The object, error record, text, progress record or <see cref="IPipelineQuestion"/>, as the stream wants it.</param>
internal readonly record struct PipelineRecord(RecordKind Kind, object Value);
