using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Errors;
using CloudPosture.Files;

namespace CloudPosture.Findings.Imports;

/// <summary>Reads what other tools were told to be silent about.</summary>
public static class ExceptionImport
{
    /// <summary>Reads a file: Prowler's mutelist, or what AWS Security Hub suppresses, as the AWS CLI prints findings and automation rules.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rules">The rules, which name the checks they are equal to.</param>
    /// <param name="reason">Why, where an entry does not say.</param>
    /// <returns>Its entries in their order.</returns>
    /// <exception cref="ContentException">It is neither.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ImportedEntry> Read(string path, RuleSet rules, string reason)
    {
        var text = GivenFile.ReadText(path, GivenFile.MostOfList);
        return text.TrimStart().FirstOrDefault() is '{' or '[' ? ReadJson(path, text, rules, reason) : ReadYaml(path, text, rules, reason);
    }

    private static IReadOnlyList<ImportedEntry> ReadJson(string path, string text, RuleSet rules, string reason)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new SecurityHubReader(rules, reason).Read(json.RootElement) ?? throw Unknown(path);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new ContentException(path, ((problem as JsonException)?.LineNumber ?? 0) + 1, null, "this is not the JSON that the AWS CLI prints for Security Hub's findings or automation rules.", problem);
        }
    }

    private static IReadOnlyList<ImportedEntry> ReadYaml(string path, string text, RuleSet rules, string reason)
    {
        var maps = YamlFile.Maps(path, new StringReader(text)).ToList();
        return maps.Count == 1 && MutelistReader.IsOne(maps[0]) ? [.. new MutelistReader(rules, reason).Read(maps[0])] : throw Unknown(path);
    }

    private static ContentException Unknown(string path) =>
        new(path, 1, null, "this is no mutelist of Prowler, and nothing that the AWS CLI prints for Security Hub's findings or automation rules.", advice: new Advice("A file of exceptions of our own needs no import: name it where exceptions are read.", "ExceptionPath"));
}
