using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Json;

/// <summary>The rules that the results of a run name, in the order they came.</summary>
internal sealed class SarifRules
{
    private const int MostTags = 20;
    private const int LongestText = 1024;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<Finding> _first = [];

    public static string LevelOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    public int IndexOf(Finding finding)
    {
        if (!_indices.TryGetValue(finding.RuleId, out var index))
        {
            _indices.Add(finding.RuleId, index = _first.Count);
            _first.Add(finding);
        }

        return index;
    }

    public void Clear()
    {
        _indices.Clear();
        _first.Clear();
    }

    public void Write(Utf8JsonWriter json, RuleFacts facts)
    {
        json.WriteStartObject();
        json.WriteStartObject("driver");
        json.WriteString("name", Report.Tool);
        json.WriteString("semanticVersion", Report.ToolVersion);
        json.WriteStartArray("rules");
        foreach (var finding in _first)
        {
            WriteRule(json, finding, facts[finding.RuleId]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Finding finding, RuleFact fact)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.RuleId);
        WriteText(json, "shortDescription", finding.Title);
        WriteText(json, "fullDescription", fact.Rationale.Length > 0 ? fact.Rationale : finding.Title);
        json.WriteStartObject("help");
        json.WriteString("text", HelpOf(finding, fact));
        json.WriteEndObject();
        if (fact.References.FirstOrDefault(link => Uri.IsWellFormedUriString(link, UriKind.Absolute)) is { } reference)
        {
            json.WriteString("helpUri", reference);
        }

        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LevelOf(finding.Severity));
        json.WriteEndObject();
        WriteProperties(json, finding, fact);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, Finding finding, RuleFact fact)
    {
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        foreach (var tag in new[] { "security", "aws", finding.Service }.Concat(fact.Tags)
            .Concat(fact.Requirements)
            .Distinct(StringComparer.Ordinal)
            .Take(MostTags))
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("precision", "very-high");
        if (ScoreOf(finding.Severity) is { } score)
        {
            json.WriteString("security-severity", score);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Cut.At(text, LongestText));
        json.WriteEndObject();
    }

    private static string HelpOf(Finding finding, RuleFact fact)
    {
        var parts = new[]
        {
            fact.Rationale,
            fact.PowerShell.Length > 0 ? "PowerShell:\n" + fact.PowerShell : "",
            fact.Cli.Length > 0 ? "AWS CLI:\n" + fact.Cli : "",
            string.Join("\n", fact.References),
        };
        var text = string.Join("\n\n", parts.Where(part => part.Length > 0));
        return text.Length > 0 ? text : finding.Title;
    }

    // Over 9.0 is shown as critical, over 6.9 as high, over 3.9 as medium; 0 is no score.
    private static string? ScoreOf(Severity severity) => severity switch
    {
        Severity.Critical => "9.5",
        Severity.High => "8.0",
        Severity.Medium => "5.5",
        Severity.Low => "2.0",
        _ => null,
    };
}
