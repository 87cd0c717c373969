using System;
using System.IO;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Gates;

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

    /// <summary>Puts a summary on the page of the run.</summary>
    /// <returns>The line that tells the agent of it; null where none need be told, or no pipeline runs us whose page takes one.</returns>
    /// <exception cref="IOException">The agent's folder refuses.</exception>
    public static string? Publish(GateSummary summary) =>
        Publish(summary, IsSet("TF_BUILD") ? Environment.GetEnvironmentVariable("AGENT_TEMPDIRECTORY") ?? Path.GetTempPath() : null, Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY"));

    internal static string? Publish(GateSummary summary, string? azureFolder, string? gitHubFile)
    {
        if (gitHubFile is { Length: > 0 })
        {
            File.AppendAllText(gitHubFile, summary + "\n");
        }

        if (azureFolder is not { Length: > 0 })
        {
            return null;
        }

        var path = Path.Combine(azureFolder, $"cloudposture-{Guid.NewGuid():N}.md");
        summary.Save(path);
        return "##vso[task.uploadsummary]" + path;
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
