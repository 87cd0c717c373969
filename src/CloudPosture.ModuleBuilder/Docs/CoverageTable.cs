using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content.Catalog;
using CloudPosture.ModuleBuilder.Checks;

namespace CloudPosture.ModuleBuilder.Docs;

/// <summary>Writes <c>module/docs/coverage.md</c>: each check and control of other tools, and what answers it here.</summary>
internal static class CoverageTable
{
    private static readonly (string Tool, string Title)[] Tools = [("prowler", "Prowler"), ("securityHub", "AWS Security Hub")];

    public static void Write(string path, KnownChecks checks, IReadOnlyList<ServiceEntry> services, IReadOnlyList<Rule> rules)
    {
        var text = new StringBuilder();
        text.Append("# What of other tools' checks is answered here\n\n");
        text.Append("Written by the module builder from `equivalents`, `differs` and `coverage` of the services' files. *same*: the verdict is the same, resource by resource; *differs*: ours is another, and why; *customer data*: it needs what a harvest never reads; *a person*: no API answers.\n\n");
        text.Append("| tool | checks | same | differs | customer data | a person | not applicable | not yet |\n|---|---|---|---|---|---|---|---|\n");
        var tables = Tools.Select(tool => (tool.Title, Rows: Rows(tool.Tool, checks, services, rules))).ToList();
        foreach (var (title, rows) in tables)
        {
            int Count(Answer answer) => rows.Count(row => row.Answer == answer);
            text.Append(CultureInfo.InvariantCulture, $"| {title} | {rows.Count} | {Count(Answer.Same)} | {Count(Answer.Differs)} | {Count(Answer.CustomerData)} | {Count(Answer.Person)} | {Count(Answer.NotApplicable)} | {Count(Answer.NotYet)} |\n");
        }

        foreach (var (title, rows) in tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| service | check | rule | |\n|---|---|---|---|\n");
            foreach (var row in rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {row.Service} | {row.Id} | {row.Rules} | {row.Text.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        File.WriteAllText(path, text.ToString());
    }

    private static List<Row> Rows(string tool, KnownChecks checks, IReadOnlyList<ServiceEntry> services, IReadOnlyList<Rule> rules)
    {
        var byCheck = rules
            .SelectMany(
                rule => rule.Equivalents.Where(equivalent => string.Equals(equivalent.Key, tool, StringComparison.OrdinalIgnoreCase)).SelectMany(equivalent => equivalent.Value),
                (rule, id) => (rule, id))
            .ToLookup(pair => pair.id, pair => pair.rule, StringComparer.Ordinal);
        return [.. checks.AllOf(tool).Select(check => RowOf(check.Service, check.Id, [.. byCheck[check.Id]], services))];
    }

    private static Row RowOf(string service, string id, IReadOnlyList<Rule> rules, IReadOnlyList<ServiceEntry> services)
    {
        if (rules.Count > 0)
        {
            var names = string.Join(", ", rules.Select(rule => rule.Id).Order(StringComparer.Ordinal));
            return rules.Select(rule => rule.Differs.GetValueOrDefault(id)).OfType<string>().FirstOrDefault() is { } why
                ? new Row(service, id, names, Answer.Differs, "differs: " + why)
                : new Row(service, id, names, Answer.Same, "same");
        }

        string? Reason(Func<CheckCoverage, IReadOnlyDictionary<string, string>> of) => services.Select(each => of(each.Coverage).GetValueOrDefault(id)).OfType<string>().FirstOrDefault();
        return Reason(coverage => coverage.CustomerData) is { } data ? new Row(service, id, "", Answer.CustomerData, "customer data: " + data)
            : Reason(coverage => coverage.Person) is { } person ? new Row(service, id, "", Answer.Person, "a person: " + person)
            : Reason(coverage => coverage.NotApplicable) is { } gone ? new Row(service, id, "", Answer.NotApplicable, "not applicable: " + gone)
            : new Row(service, id, "", Answer.NotYet, "not yet");
    }

    private enum Answer
    {
        Same,
        Differs,
        CustomerData,
        Person,
        NotApplicable,
        NotYet,
    }

    private sealed record Row(string Service, string Id, string Rules, Answer Answer, string Text);
}
