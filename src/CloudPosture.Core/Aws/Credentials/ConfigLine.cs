using System;
using System.Collections.Generic;

namespace CloudPosture.Aws.Credentials;

/// <summary>A setting of an AWS file ("Configuration and credential file settings", AWS CLI User Guide).</summary>
/// <param name="Section">What stands in the brackets above it (<c>profile audit</c>).</param>
/// <param name="Parent">The setting it is indented below (<c>s3</c>); null for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty where settings are indented below it.</param>
internal sealed record ConfigLine(string Section, string? Parent, string Name, string Value)
{
    private static readonly string[] Comments = [" #", " ;", "\t#", "\t;"];

    public static IEnumerable<ConfigLine> Read(IEnumerable<string> lines)
    {
        string? section = null;
        string? parent = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("[", StringComparison.Ordinal))
            {
                section = line.Split('#', ';')[0].Trim().Trim('[', ']').Trim();
                parent = null;
            }
            else if (section is not null && line.TrimStart() is { Length: > 0 } text && text[0] is not ('#' or ';') && text.IndexOf('=') is > 0 and var equals)
            {
                var isIndented = char.IsWhiteSpace(line[0]);
                var read = new ConfigLine(section, isIndented ? parent : null, text.Substring(0, equals).TrimEnd(), text.Substring(equals + 1).Split(Comments, StringSplitOptions.None)[0].Trim());
                parent = isIndented ? parent : read.Name;
                yield return read;
            }
        }
    }

    /// <summary>Whether it is this setting of this profile.</summary>
    public bool Is(string profile, string name) => Parent is null && Name.Equals(name, StringComparison.OrdinalIgnoreCase) && (Section == profile || IsIn("profile", profile));

    /// <summary>Whether it stands in a section of this kind and name (<c>[services local]</c>).</summary>
    public bool IsIn(string kind, string name) =>
        Section.StartsWith(kind, StringComparison.Ordinal) && Section.Length > kind.Length && char.IsWhiteSpace(Section[kind.Length]) && Section.Substring(kind.Length).Trim().Trim('"', '\'') == name;
}
