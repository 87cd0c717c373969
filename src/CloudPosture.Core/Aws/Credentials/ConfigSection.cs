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

    /// <summary>How far its last setting is indented; null before the first.</summary>
    private int? _indent;

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
            if (text.Length > 0 && text[0] is not ('#' or ';'))
            {
                var indent = line.Length - line.TrimStart().Length;
                var section = sections.LastOrDefault();
                if (indent > section?._indent)
                {
                    section.Continue(text, number);
                }
                else if (text[0] == '[')
                {
                    sections.Add(new ConfigSection(text.Substring(1).Split(']')[0].Trim()));
                }
                else
                {
                    section?.Add(text, indent, number);
                }
            }
        }

        return sections;
    }

    /// <summary>A section of all that a file says of one thing in several places, of which the last counts.</summary>
    public static ConfigSection? Joined(IReadOnlyList<ConfigSection> sections)
    {
        if (sections.Count < 2)
        {
            return sections.FirstOrDefault();
        }

        var joined = new ConfigSection(sections[0].Header) { BadLine = sections.Select(section => section.BadLine).FirstOrDefault(line => line > 0) };
        joined.Settings.AddRange(sections.Reverse().SelectMany(section => section.Settings));
        return joined;
    }

    private static string Value(string text) => text.Split(Comments, StringSplitOptions.None)[0].Trim();

    private void Add(string text, int indent, int number)
    {
        if (Pair(text, number) is var (name, value))
        {
            _indent = indent;
            Settings.RemoveAll(setting => (setting.Parent ?? setting.Name).Equals(name, StringComparison.OrdinalIgnoreCase));
            Settings.Add(new ConfigSetting(null, name, value));
        }
    }

    /// <summary>What is indented below a setting goes on with its value, or has names of its own where it has none.</summary>
    private void Continue(string text, int number)
    {
        var at = Settings.FindLastIndex(setting => setting.Parent is null);
        var above = Settings[at];
        if (above.Value.Length > 0)
        {
            Settings[at] = above with { Value = $"{above.Value}\n{Value(text)}" };
        }
        else if (Pair(text, number) is var (name, value))
        {
            Settings.Add(new ConfigSetting(above.Name, name, value));
        }
    }

    private (string Name, string Value)? Pair(string text, int number)
    {
        var end = text.IndexOfAny(['=', ':']);
        if (end > 0)
        {
            return (text.Substring(0, end).TrimEnd(), Value(text.Substring(end + 1)));
        }

        BadLine = BadLine == 0 ? number : BadLine;
        return null;
    }
}
