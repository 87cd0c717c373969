using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.ModuleBuilder.Help;

/// <summary>
/// Reads help pages: <c># Cmdlet</c> and its synopsis, then the sections Description, Parameters (<c>### -Name</c>),
/// Examples (<c>### what it shows</c>, a fenced block, remarks), Notes and Related links.
/// </summary>
public static partial class HelpPageReader
{
    /// <summary>Reads one cmdlet's page.</summary>
    public static HelpPage Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var title = lines.FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{path}: begin with '# <cmdlet>'.");
        var sections = Split(lines.SkipWhile(line => line != title).Skip(1), "## ").ToDictionary(
            section => section.Title, section => section.Lines, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> Section(string name) => sections.GetValueOrDefault(name) ?? [];

        return new HelpPage(
            title[2..].Trim(),
            string.Join(" ", Paragraphs(sections[""])),
            Paragraphs(Section("Description")),
            ReadParameters(Section("Parameters")),
            [.. Split(Section("Examples"), "### ").Where(part => part.Title.Length > 0).Select(ReadExample)],
            Paragraphs(Section("Notes")),
            [.. Section("Related links").Select(line => Link().Match(line)).Where(match => match.Success).Select(ReadLink)]);
    }

    /// <summary>Reads the parameters that many cmdlets share, so that each is described once.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadShared(string path) =>
        ReadParameters(File.ReadAllLines(path));

    /// <summary>Joins the lines of each paragraph; list items and indented lines stay on their own.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var open = false;
        foreach (var line in lines)
        {
            var text = Plain(line);
            if (text.Trim().Length == 0)
            {
                open = false;
            }
            else if (open && !text.StartsWith("- ", StringComparison.Ordinal) && !text.StartsWith("    ", StringComparison.Ordinal))
            {
                paragraphs[^1] += " " + text.Trim();
            }
            else
            {
                paragraphs.Add(text.TrimEnd());
                open = true;
            }
        }

        return paragraphs;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadParameters(IEnumerable<string> lines) =>
        Split(lines, "### -").Where(part => part.Title.Length > 0).ToDictionary(
            part => part.Title, part => Paragraphs(part.Lines), StringComparer.OrdinalIgnoreCase);

    private static HelpExample ReadExample((string Title, IReadOnlyList<string> Lines) part)
    {
        var code = part.Lines.SkipWhile(line => !IsFence(line)).Skip(1).TakeWhile(line => !IsFence(line)).ToList();
        var remarks = part.Lines.SkipWhile(line => !IsFence(line)).Skip(code.Count + 2);
        return new HelpExample(part.Title, string.Join("\n", code), Paragraphs(remarks));
    }

    private static HelpLink ReadLink(Match match)
    {
        var address = match.Groups["address"].Value;
        return new HelpLink(match.Groups["text"].Value, address.StartsWith("https://", StringComparison.Ordinal) ? address : "");
    }

    private static IEnumerable<(string Title, IReadOnlyList<string> Lines)> Split(IEnumerable<string> lines, string marker)
    {
        var title = "";
        var part = new List<string>();
        var fenced = false;
        foreach (var line in lines)
        {
            fenced ^= IsFence(line);
            if (!fenced && line.StartsWith(marker, StringComparison.Ordinal))
            {
                yield return (title, part);
                (title, part) = (line[marker.Length..].Trim(), []);
            }
            else
            {
                part.Add(line);
            }
        }

        yield return (title, part);
    }

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal);

    internal static string Plain(string markdown) =>
        Link().Replace(markdown, "${text}").Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<address>[^)]+)\)")]
    private static partial Regex Link();
}
