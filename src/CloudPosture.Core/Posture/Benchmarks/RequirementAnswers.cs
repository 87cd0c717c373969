using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Tallies;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Posture.Benchmarks;

/// <summary>Answers the requirements of benchmarks account by account, keeping a byte an answer.</summary>
internal static class RequirementAnswers
{
    /// <summary>Makes the matrix.</summary>
    /// <param name="library">The benchmarks.</param>
    /// <param name="counts">What the findings add up to.</param>
    /// <param name="findings">The findings, sorted by account; they are read once.</param>
    public static RequirementMatrix Of(RuleLibrary library, ReportCounts counts, IEnumerable<Finding> findings)
    {
        var accounts = counts.Accounts.Select(account => account.Id).ToList();
        var answered = new HashSet<string>(counts.Rules.Select(rule => rule.Id), StringComparer.OrdinalIgnoreCase);
        var asked = (
            from benchmark in library.Benchmarks
            from requirement in benchmark.Requirements
            where requirement.Rules.Any(answered.Contains)
            select (Benchmark: benchmark, Requirement: requirement)).ToList();
        var answers = asked.Select(_ => new byte[accounts.Count]).ToList();
        foreach (var (account, tally) in Tallies(findings))
        {
            var column = accounts.BinarySearch(account, StringComparer.Ordinal);
            for (var row = 0; row < asked.Count; row++)
            {
                answers[row][column] = (byte)tally.StatusOf(asked[row].Requirement);
            }
        }

        return new RequirementMatrix(accounts, [.. asked.Zip(answers, Row)]);
    }

    private static RequirementRow Row((Benchmark Benchmark, Requirement Requirement) asked, byte[] answers) => new(
        asked.Benchmark.Id,
        asked.Requirement.Id,
        asked.Requirement.Title,
        Word((RequirementStatus)answers.Max()),
        [.. answers.Select(answer => Word((RequirementStatus)answer))]);

    private static string Word(RequirementStatus status) => status == RequirementStatus.NoFinding ? "" : status.ToString();

    private static IEnumerable<(string Account, FindingTally Tally)> Tallies(IEnumerable<Finding> findings)
    {
        using var all = findings.GetEnumerator();
        var isMore = all.MoveNext();
        while (isMore)
        {
            var account = all.Current.AccountId;
            IEnumerable<Finding> OfAccount()
            {
                while (isMore && all.Current.AccountId == account)
                {
                    yield return all.Current;
                    isMore = all.MoveNext();
                }
            }

            yield return (account, new FindingTally(OfAccount()));
        }
    }
}
