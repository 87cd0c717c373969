using System;
using System.Management.Automation;
using CloudPosture.Reporting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>Says which formats there are where another is named: PowerShell says of a word in its place no more than that it has no parameter for it.</summary>
public sealed class ReportFormatTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        LanguagePrimitives.TryConvertTo<ReportFormat>(inputData, out var format) && Enum.IsDefined(typeof(ReportFormat), format)
            ? format
            : throw new ArgumentTransformationMetadataException($"There is no report format '{inputData}'. There are {string.Join(", ", Enum.GetNames(typeof(ReportFormat)))}. The format comes first, then the file.");
}
