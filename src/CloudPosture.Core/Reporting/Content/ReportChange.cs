using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>A finding that is not what it was.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Finding">The finding as it is, or as it was where it is gone.</param>
public sealed record ReportChange(ReportChangeKind Kind, Finding Finding);
