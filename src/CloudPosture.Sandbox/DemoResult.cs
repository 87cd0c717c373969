using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Sandbox;

/// <summary>What a demo found, beside what was planted.</summary>
/// <param name="Planted">What must fail.</param>
/// <param name="Findings">Every finding.</param>
/// <param name="Accounts">How each account's harvest went.</param>
/// <param name="Time">How long harvesting and assessing took, which go on side by side.</param>
public sealed record DemoResult(
    IReadOnlyList<PlantedFinding> Planted, IReadOnlyList<Finding> Findings, IReadOnlyList<AccountSummary> Accounts, TimeSpan Time)
{
    /// <summary>What failed, in the form of <see cref="Planted"/>.</summary>
    public IReadOnlyList<PlantedFinding> Found => field ??=
        [.. Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => new PlantedFinding(finding.AccountId, finding.Region, finding.RuleId, finding.ResourceId))];

    /// <summary>Planted, and not found.</summary>
    public IReadOnlyList<PlantedFinding> Missing => [.. Planted.Except(Found)];

    /// <summary>Found, and not planted.</summary>
    public IReadOnlyList<PlantedFinding> Unexpected => [.. Found.Except(Planted)];

    /// <summary>True where the findings are exactly what was planted, and everything could be assessed.</summary>
    public bool IsExact => Missing.Count == 0 && Unexpected.Count == 0 && Findings.All(finding => finding.Status != FindingStatus.NotAssessed);

    /// <summary>Prints the findings by severity and rule, and the comparison.</summary>
    public void Print(TextWriter output)
    {
        foreach (var severity in Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .GroupBy(finding => finding.Severity)
            .OrderBy(group => group.Key))
        {
            output.WriteLine($"{severity.Key}: {severity.Count()}");
            foreach (var rule in severity.GroupBy(finding => finding.RuleId)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal))
            {
                var example = rule.First();
                output.WriteLine($"  {rule.Count(),4}  {rule.Key,-40}  {example.ResourceId} in {example.AccountName}, {example.Region}");
            }
        }

        PrintDifferences(output, "Planted but not found", Missing);
        PrintDifferences(output, "Found but not planted", Unexpected);
        var calls = Accounts.Sum(account => account.Calls);
        output.WriteLine();
        output.WriteLine($"{Accounts.Count} accounts, {Accounts.Sum(account => account.Resources)} resources by {calls} calls and {Findings.Count} rule evaluations in {Time.TotalSeconds:0.0} s");
        foreach (var account in Accounts.Where(account => account.Failure is not null))
        {
            output.WriteLine($"{account.AccountName}: {account.Failure} {account.Advice}");
        }

        output.WriteLine($"{Found.Count} findings, {Planted.Count} faults planted: {(IsExact ? "exactly those" : $"{Missing.Count} missing, {Unexpected.Count} unexpected, {Findings.Count(finding => finding.Status == FindingStatus.NotAssessed)} not assessed")}");
    }

    private static void PrintDifferences(TextWriter output, string title, IReadOnlyList<PlantedFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        output.WriteLine($"\n{title}:");
        foreach (var finding in findings.Take(60))
        {
            output.WriteLine($"  {finding.RuleId}  {finding.ResourceId}  {finding.AccountId}  {finding.Region}");
        }
    }
}
