using System;
using CloudPosture.Reporting;

namespace CloudPosture.Posture;

/// <summary>Begins reports that know the rules and benchmarks of a library.</summary>
public static class PostureReport
{
    /// <summary>Begins a report.</summary>
    /// <param name="path">The file. Its folder must be there; a file of that name is replaced when the report is saved.</param>
    /// <param name="format">The format.</param>
    /// <param name="library">The rules that the findings name, and the benchmarks they answer.</param>
    /// <param name="createdAt">The time that the report says it was made at.</param>
    /// <returns>The report, to which findings are added before it is saved.</returns>
    public static ReportFile Begin(string path, ReportFormat format, RuleLibrary library, DateTimeOffset createdAt) =>
        new(path, format, new RuleFacts(library.Rules.Find, library.RequirementsOf), createdAt)
        {
            Requirements = (counts, findings) => RequirementAnswers.Of(library, counts, findings),
        };
}
