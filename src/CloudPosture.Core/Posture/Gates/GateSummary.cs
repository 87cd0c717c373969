using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Text;

namespace CloudPosture.Posture.Gates;

/// <summary>What a gate came to, as Markdown for the page of a pipeline's run. It counts by severity and rule; nothing that somebody named in AWS is in it.</summary>
/// <param name="gate">The gate.</param>
public sealed class GateSummary(PostureGate gate)
{
    private const int MostRules = 25;
    private readonly Dictionary<string, (Finding First, int Count, HashSet<string> Accounts)> _rules = new(StringComparer.Ordinal);

    /// <summary>Counts a finding that breaks the gate.</summary>
    /// <param name="finding">The finding.</param>
    public void Add(Finding finding)
    {
        var (first, count, accounts) = _rules.TryGetValue(finding.RuleId, out var known) ? known : (finding, 0, new HashSet<string>(StringComparer.Ordinal));
        accounts.Add(finding.AccountId);
        _rules[finding.RuleId] = (first, count + 1, accounts);
    }

    /// <summary>Writes it in place of what is there, readable by the user alone.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(string path) => PrivateFiles.Replace(path, stream =>
    {
        var bytes = Encoding.UTF8.GetBytes(ToString());
        stream.Write(bytes, 0, bytes.Length);
    });

    /// <summary>The Markdown, once all of <see cref="PostureGate.Breaking"/> was added.</summary>
    public override string ToString()
    {
        var isOpen = gate.Verdict == GateVerdict.Open;
        var text = new StringBuilder().Append($"## CloudPosture: the gate is {(isOpen ? "open" : "shut")}\n\n{MarkdownText.Plain(isOpen ? "Nothing breaks it." : gate.Reason)}\n");
        if (_rules.Count == 0)
        {
            return text.ToString();
        }

        text.Append("\n| Severity | Findings |\n|---|---:|\n");
        foreach (var severity in _rules.Values.GroupBy(rule => rule.First.Severity).OrderByDescending(group => group.Key))
        {
            text.Append(string.Format(CultureInfo.InvariantCulture, "| {0} | {1} |\n", severity.Key, severity.Sum(rule => rule.Count)));
        }

        text.Append("\n| Rule | What it asks | Severity | Findings | Accounts |\n|---|---|---|---:|---:|\n");
        foreach (var (first, count, accounts) in _rules.Values.OrderByDescending(rule => rule.First.Severity)
            .ThenByDescending(rule => rule.Count)
            .ThenBy(rule => rule.First.RuleId, StringComparer.Ordinal)
            .Take(MostRules))
        {
            text.Append(string.Format(
                CultureInfo.InvariantCulture,
                "| {0} | {1} | {2} | {3} | {4} |\n",
                MarkdownText.Plain(first.RuleId),
                MarkdownText.Plain(first.Title),
                first.Severity,
                count,
                accounts.Count));
        }

        return text.Append(_rules.Count > MostRules ? FormattableString.Invariant($"\n{_rules.Count - MostRules} more rules fail.\n") : "").ToString();
    }
}
