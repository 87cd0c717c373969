using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Checks what a rule says beside its conditions, which are checked as they are read.</summary>
internal static partial class RuleCheck
{
    private static readonly string[] Placeholders = ["{resourceId}", "{resourceArn}", "{resourceName}", "{region}", "{accountId}"];

    public static IEnumerable<string> Of(Rule rule, KnownChecks checks)
    {
        if (rule.References.Count == 0 || rule.References.Any(reference => !reference.StartsWith("https://docs.aws.amazon.com/", System.StringComparison.Ordinal)))
        {
            yield return "it needs 'references', all on https://docs.aws.amazon.com/.";
        }

        if (rule.Rationale.Length < 60)
        {
            yield return "its rationale is too short to name a risk.";
        }

        if (rule.Remediation.Cli is null && rule.Remediation.PowerShell is null)
        {
            yield return "it needs a remediation.";
        }

        if (rule.Tags.Count == 0)
        {
            yield return "it needs tags.";
        }

        foreach (var braces in Braces()
            .Matches(rule.Remediation.PowerShell + rule.Remediation.Cli)
            .Select(match => match.Value)
            .Where(text => !Placeholders.Contains(text)).Distinct())
        {
            yield return $"its remediation holds {braces}, which nothing fills in. Known are: {string.Join(" ", Placeholders)}.";
        }

        foreach (var (tool, ids) in rule.Equivalents.Concat(rule.Related).Select(pair => (pair.Key, pair.Value)))
        {
            if (checks.Of(tool) is { } known)
            {
                foreach (var id in ids.Where(id => !known.Contains(id)))
                {
                    yield return $"{tool} has no check '{id}'.{NearestName.Suggest(id, known)}";
                }
            }
        }
    }

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Braces();
}
