using System;
using System.Collections.Generic;
using System.Text;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>Turns a Markdown page into the plain text that Get-Help shows for about topics.</summary>
public static class AboutTopic
{
    /// <summary>Headings become capitals, everything under them is indented by four spaces, as PowerShell's own topics are.</summary>
    public static string FromMarkdown(string name, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder().Append("TOPIC\n    ").Append(name).Append("\n\n");
        var fenced = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced && line.StartsWith("# ", StringComparison.Ordinal))
            {
                text.Append("SHORT DESCRIPTION\n");
            }
            else if (!fenced && line.StartsWith("## ", StringComparison.Ordinal))
            {
                text.Append(line[3..].ToUpperInvariant()).Append('\n');
            }
            else if (line.Length == 0)
            {
                text.Append('\n');
            }
            else
            {
                text.Append(fenced ? "        " : "    ").Append(fenced ? line : HelpPageReader.Plain(line)).Append('\n');
            }
        }

        return text.ToString();
    }
}
