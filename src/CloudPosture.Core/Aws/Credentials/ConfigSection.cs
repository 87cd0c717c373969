using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Aws.Credentials;

/// <summary>A section of an AWS file, from one line in brackets to the next ("Configuration and credential file settings", AWS CLI User Guide).</summary>
/// <param name="Header">What stands in the brackets.</param>
internal sealed record ConfigSection(string Header)
{
    private static readonly Regex Words = new("^(?<kind>\\S+)\\s+(?:\"(?<name>[^\"]*)\"|'(?<name>[^']*)'|(?<name>\\S+))$", RegexOptions.CultureInvariant);
    private static readonly string[] Comments = [" #", " ;", "\t#", "\t;"];

    public List<ConfigSetting> Settings { get; } = [];

    /// <summary>The number of a line that is no setting; 0 for none.</summary>
    public int BadLine { get; private set; }

    /// <summary>Its name, where it is of this kind (<c>[profile audit]</c>); else null.</summary>
    public string? NameOf(string kind) => Words.Match(Header) is { Success: true } match && match.Groups["kind"].Value == kind ? match.Groups["name"].Value : null;

    /// <summary>The value of a setting; null where it is not there.</summary>
    public string? this[string name] => Settings.FirstOrDefault(setting => setting.Parent is null && setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The sections of a file's lines; what stands before the first is none.</summary>
    public static IReadOnlyList<ConfigSection> Read(IEnumerable<string> lines)
    {
        var sections = new List<ConfigSection>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var text = line.Trim();
            if (line.StartsWith("[", StringComparison.Ordinal))
            {
                sections.Add(new ConfigSection(text.Substring(1).Split(']')[0].Trim()));
            }
            else if (text.Length > 0 && text[0] is not ('#' or ';') && sections.Count > 0)
            {
                sections[sections.Count - 1].Add(text, char.IsWhiteSpace(line[0]), number);
            }
        }

        return sections;
    }

    private void Add(string text, bool isIndented, int number)
    {
        var end = text.IndexOfAny(['=', ':']);
        if (end <= 0)
        {
            BadLine = BadLine == 0 ? number : BadLine;
            return;
        }

        var parent = isIndented ? Settings.LastOrDefault(setting => setting.Parent is null)?.Name : null;
        Settings.Add(new ConfigSetting(parent, text.Substring(0, end).TrimEnd(), text.Substring(end + 1).Split(Comments, StringSplitOptions.None)[0].Trim()));
    }
}
