using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CloudPosture.Text;

namespace CloudPosture.Alerts;

/// <summary>What a digest says in words. Names from AWS are on one line, without commands for a terminal or a pipeline; each receiver does what else it needs.</summary>
internal static class AlertText
{
    private const int LongestName = 200;

    /// <summary>One line: how much is new or worse.</summary>
    public static string Title(AlertDigest digest) => $"CloudPosture: {Number(digest.Findings, "finding")} {(digest.Findings == 1 ? "is" : "are")} {State(digest)}";

    /// <summary>One or two sentences of counts.</summary>
    public static string Summary(AlertDigest digest)
    {
        var severities = string.Join(", ", digest.BySeverity.Select(one => FormattableString.Invariant($"{one.Count} {one.Severity}")));
        var text = $"{severities}, in {Number(digest.Accounts, "account")}.";
        text += digest.Regressed == 0 ? "" : $" {Number(digest.Regressed, "finding")} passed before.";
        return text + (digest.NotAssessed == 0 ? "" : $" {Number(digest.NotAssessed, "finding")} could not be assessed.");
    }

    /// <summary>What is only counted; empty where nothing is.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="shown">How many of its groups are told in words.</param>
    public static string Rest(AlertDigest digest, int shown)
    {
        var findings = digest.Findings - digest.Groups.Take(shown).Sum(group => group.Count);
        return findings == 0 ? "" : $"And {Number(findings, "finding")} more, of {Number(digest.Total - shown, "rule and account", "rules and accounts")}{(digest.Hint.Length == 0 ? "." : ": " + digest.Hint)}";
    }

    /// <summary>How many findings, of which rule.</summary>
    public static string Head(AlertGroup group) => FormattableString.Invariant($"{group.Severity} · {group.Count} × {Name(group.RuleId)}");

    /// <summary>Which account.</summary>
    public static string Account(AlertGroup group) =>
        group.AccountName.Length == 0 || group.AccountName == group.AccountId ? group.AccountId : $"{Name(group.AccountName)} ({group.AccountId})";

    /// <summary>The first resources, a line each, and how many more there are.</summary>
    public static IEnumerable<string> Resources(AlertGroup group)
    {
        foreach (var resource in group.Resources)
        {
            yield return $"{Name(resource.Name)}, {Name(resource.Region)}{Mark(resource.Reason)}";
        }

        if (group.Count > group.Resources.Count)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "and {0} more", group.Count - group.Resources.Count);
        }
    }

    /// <summary>All of it as plain text.</summary>
    public static string Plain(AlertDigest digest)
    {
        var text = new StringBuilder().Append(Summary(digest)).Append('\n');
        foreach (var group in digest.Groups)
        {
            text.Append('\n').Append(Head(group)).Append(" in ").Append(Account(group)).Append('\n').Append(Name(group.Title)).Append('\n');
            foreach (var resource in Resources(group))
            {
                text.Append("  - ").Append(resource).Append('\n');
            }
        }

        var rest = Rest(digest, digest.Groups.Count);
        return (rest.Length == 0 ? text : text.Append('\n').Append(rest).Append('\n')).ToString();
    }

    /// <summary>A name from AWS, harmless and not too long.</summary>
    public static string Name(string name)
    {
        var plain = HostileText.Plain(name);
        return plain.Length <= LongestName ? plain : plain.Substring(0, char.IsHighSurrogate(plain[LongestName - 2]) ? LongestName - 2 : LongestName - 1) + "…";
    }

    private static string State(AlertDigest digest) => digest switch
    {
        { Regressed: 0, Worse: 0 } => "new",
        { New: 0, Worse: 0 } => "failing again",
        { New: 0, Regressed: 0 } => "worse",
        _ => "new or worse",
    };

    private static string Mark(AlertReason reason) => reason switch
    {
        AlertReason.Regressed => " (passed before)",
        AlertReason.Worse => " (weighs more than before)",
        _ => "",
    };

    private static string Number(int count, string noun, string? plural = null) => FormattableString.Invariant($"{count} {(count == 1 ? noun : plural ?? noun + "s")}");
}
