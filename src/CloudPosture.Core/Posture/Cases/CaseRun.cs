using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content.Cases;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Cases;

/// <summary>Runs cases through the assessment.</summary>
internal static class CaseRun
{
    /// <summary>What is wrong with a case.</summary>
    /// <param name="estate">Makes its account.</param>
    /// <param name="rule">The rule, read with the case's settings.</param>
    /// <param name="given">The case.</param>
    /// <returns>Null where the rule says what it must; else one sentence.</returns>
    public static string? Complaint(CaseEstate estate, Rule rule, RuleCase given)
    {
        try
        {
            var (said, evidence) = Judge(estate, rule, given);
            return said == given.Verdict ? null : $"it must be {given.Verdict} and is {said}{(evidence is null ? "" : $": {evidence}")}.";
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or System.Text.Json.JsonException or FormatException)
        {
            return problem.Message;
        }
    }

    /// <summary>What a rule says of a case.</summary>
    /// <param name="estate">Makes its account.</param>
    /// <param name="rule">The rule, read with the case's settings.</param>
    /// <param name="given">The case.</param>
    /// <returns>The verdict, and the evidence; null where there is no finding.</returns>
    /// <exception cref="KeyNotFoundException">A type has no base, its record no id, or nothing harvests it.</exception>
    public static (CaseVerdict Verdict, string? Evidence) Judge(CaseEstate estate, Rule rule, RuleCase given)
    {
        var (account, arn) = estate.Account(rule, given);
        var findings = Assessor.Assess(account, new RuleSet(estate.Catalog, [rule])).Where(finding => arn is null || finding.ResourceArn == arn).ToList();
        var region = given.Region ?? CaseEstate.HomeRegion;
        var finding = findings.FirstOrDefault(finding => finding.Region == region) ?? findings.FirstOrDefault();
        var verdict = finding?.Status switch
        {
            null => CaseVerdict.None,
            FindingStatus.Pass => CaseVerdict.Pass,
            FindingStatus.Fail => CaseVerdict.Fail,
            _ => CaseVerdict.Unknown,
        };
        return (verdict, finding?.Evidence);
    }
}
