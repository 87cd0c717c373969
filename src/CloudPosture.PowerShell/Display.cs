using System;
using System.Linq;
using System.Management.Automation;
using CloudPosture.PowerShell.Resources;
using CloudPosture.Text;

namespace CloudPosture.PowerShell;

/// <summary>
/// What the views, the errors and the other streams show of text that came from AWS. Names and tags are written by whoever may write in an account,
/// so terminal sequences, line breaks and direction marks must not reach the screen, nor logging commands a pipeline's log.
/// The objects themselves keep every character.
/// </summary>
public static class Display
{
    private static readonly bool InPipeline =
        Environment.GetEnvironmentVariable("TF_BUILD") is { Length: > 0 } || Environment.GetEnvironmentVariable("GITHUB_ACTIONS") is { Length: > 0 };

    /// <summary>Makes any value safe to print on one line; null gives empty text.</summary>
    public static string Text(object? value) => Text(value?.ToString(), InPipeline);

    /// <summary>Makes a text of several lines safe to print, each for itself: for commands of our own, which are copied as they stand.</summary>
    public static string Lines(object? value) => string.Join("\n", (value?.ToString() ?? "").Split('\n').Select(line => Text(line.TrimEnd('\r'))));

    /// <summary>Shows a resource's configuration as JSON on one line.</summary>
    public static string Configuration(object? resource) =>
        Text(((resource as PSObject)?.BaseObject ?? resource) is PostureResource known ? known.ConfigurationJson : "");

    /// <summary>Shows a severity, coloured by its weight where the host can.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null, as in Windows PowerShell, gives plain text.</param>
    public static string Severity(object? severity, object? style) => severity?.ToString() switch
    {
        null => "",
        "Critical" => Coloured("Critical", "1;91", style),
        "High" => Coloured("High", "91", style),
        "Medium" => Coloured("Medium", "93", style),
        "Low" => Coloured("Low", "96", style),
        { } other => Coloured(other, "90", style),
    };

    /// <summary>Shows a status, coloured by whether someone must act, where the host can.</summary>
    /// <param name="status">The status.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null, as in Windows PowerShell, gives plain text.</param>
    public static string Status(object? status, object? style) => Painted(status?.ToString() ?? "", status, style);

    /// <summary>Shows how far something is exposed, coloured by whether someone must act, where the host can.</summary>
    /// <param name="degree">The degree.</param>
    /// <param name="style">The session's <c>$PSStyle</c>; null, as in Windows PowerShell, gives plain text.</param>
    public static string Degree(object? degree, object? style) => degree?.ToString() switch
    {
        null => "",
        "Reachable" => Coloured("Reachable", "91", style),
        "Stopped" or "Unknown" => Coloured(degree.ToString()!, "93", style),
        { } other => Coloured(other, "90", style),
    };

    /// <summary>Shows a text in the colour of a status.</summary>
    internal static string Painted(string text, object? status, object? style) => status?.ToString() switch
    {
        null => "",
        "Fail" or "Failed" or "Denied" => Coloured(text, "91", style),
        "Pass" or "Passed" or "Complete" or "Completed" => Coloured(text, "92", style),
        "NotAssessed" or "Incomplete" or "NotStarted" or "Ended" or "Partial" or "Warning" => Coloured(text, "93", style),
        _ => Coloured(text, "90", style),
    };

    internal static string Text(string? text, bool inPipeline)
    {
        if (text is null or "")
        {
            return "";
        }

        var safe = HostileText.OneLine(text);
        return inPipeline ? HostileText.WithoutCommands(safe) : safe;
    }

    private static string Coloured(string text, string code, object? style) =>
        style is null ? text : $"\u001b[{code}m{text}\u001b[0m";
}
