using System;
using CloudPosture.Lake;

namespace CloudPosture.PowerShell.Gates;

/// <summary>Findings as errors in the log of the pipeline that runs us. Names come from AWS, so that what the log would read as a command is written as text.</summary>
internal static class PipelineLog
{
    /// <summary>How many findings are told: the services show few, and a log of thousands hides them.</summary>
    public const int Most = 50;

    /// <summary>The line of a finding.</summary>
    /// <returns>Null where no pipeline runs us whose log knows errors.</returns>
    public static string? Line(Finding finding) => Line(finding, IsSet("TF_BUILD"), IsSet("GITHUB_ACTIONS"));

    internal static string? Line(Finding finding, bool isAzure, bool isGitHub)
    {
        var text = Display.Text($"{finding.Severity}: {finding.RuleId} on {finding.ResourceName} in {finding.Region} of {finding.AccountId}: {finding.Title}", inPipeline: true);
        return isAzure ? "##vso[task.logissue type=error]" + text.Replace("%", "%AZP25")
            : isGitHub ? "::error title=CloudPosture::" + text.Replace("%", "%25")
            : null;
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
