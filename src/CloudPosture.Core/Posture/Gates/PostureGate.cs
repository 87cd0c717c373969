using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Text;

namespace CloudPosture.Posture.Gates;

/// <summary>Judges the latest findings for a pipeline. It never opens because nothing was read.</summary>
/// <param name="lake">The lake.</param>
/// <param name="exceptions">The failures that are accepted.</param>
/// <param name="order">What it lets through.</param>
/// <param name="now">The time, in UTC.</param>
public sealed class PostureGate(PostureLake lake, ExceptionSet exceptions, GateOrder order, DateTimeOffset now)
{
    private readonly HashSet<string> _assessed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    private readonly HashSet<string> _future = new(StringComparer.Ordinal);
    private int _failed;
    private int _notAssessed;
    private IReadOnlyList<string>? _complaints;

    /// <summary>Why it stays shut, once all of <see cref="Breaking"/> was read.</summary>
    public GateVerdict Verdict =>
        _failed > order.MaxFail ? GateVerdict.Findings
        : IsAboutNothing ? GateVerdict.NothingRead
        : Complaints.Count > 0 ? GateVerdict.NotAssessed
        : GateVerdict.Open;

    /// <summary>The same in a sentence; accounts are named by number alone.</summary>
    public string Reason => string.Join(" ", new[]
    {
        _failed > order.MaxFail ? FormattableString.Invariant($"{_failed} findings fail{(order.MaxFail > 0 ? $", and {order.MaxFail} are allowed" : "")}.") : "",
        IsAboutNothing ? $"There is nothing to judge: no account was assessed in '{lake.Path}'." : "",
    }.Concat(Complaints).Where(sentence => sentence.Length > 0));

    // Findings that could not be assessed are complained of, where they are not let through.
    private bool IsAboutNothing => _assessed.Count == 0 && (_notAssessed == 0 || order.AllowsNotAssessed);

    /// <summary>Streams the failures that break the gate. As many as it lets through are held back until there is one more.</summary>
    public IEnumerable<Finding> Breaking()
    {
        var held = new List<Finding>();
        foreach (var finding in Judged().Where(IsBreaking))
        {
            if (++_failed <= order.MaxFail)
            {
                held.Add(finding);
                continue;
            }

            foreach (var early in held)
            {
                yield return early;
            }

            held.Clear();
            yield return finding;
        }
    }

    private IEnumerable<Finding> Judged()
    {
        foreach (var finding in lake.ReadFindings(order.Query with { Statuses = null, ExcludedServices = order.Events }).Where(finding => order.Admits?.Invoke(finding) != false))
        {
            if (finding.Status is FindingStatus.Pass or FindingStatus.Fail)
            {
                _assessed.Add(finding.AccountId);
            }

            if (order.MaxAge is { } age && !Age.IsWithin(finding.LastSeen, now, age))
            {
                _ = finding.LastSeen > now ? _future.Add(finding.AccountId) : _stale.Add(finding.AccountId);
            }

            _notAssessed += finding.Status == FindingStatus.NotAssessed ? 1 : 0;
            yield return exceptions.Apply(finding);
        }
    }

    private bool IsBreaking(Finding finding) =>
        finding.Status == FindingStatus.Fail && order.Baseline?.Holds(finding) != true && (!order.IsNewOnly || IsNew(finding));

    // What an old lake does not tell of is not known to be old.
    private bool IsNew(Finding finding) =>
        (order.Since is { } since ? Verdicts.ChangeSince(finding, since) : finding.Change ?? FindingChange.New) is FindingChange.New or FindingChange.Regressed;

    // Asked for by the verdict and by its reason, each more than once: the lake is read for it the first time alone.
    private IReadOnlyList<string> Complaints => _complaints ??= Complain();

    private string[] Complain()
    {
        var unassessed = IsAboutNothing || order.AllowsUnreadAccounts ? [] : Unassessed().ToList();
        var missing = order.AllowsNotAssessed ? [] : Wanted(MissingAccounts()).Except(unassessed).ToList();
        string[] all =
        [
            _notAssessed > 0 && !order.AllowsNotAssessed ? FormattableString.Invariant($"{_notAssessed} findings could not be assessed.") : "",
            unassessed.Count > 0 ? $"Not assessed at all: {SomeNames.Of(unassessed)}." : "",
            missing.Count > 0 ? $"Not read to their end by the newest harvest: {SomeNames.Of(missing)}." : "",
            _stale.Count > 0 ? $"Read too long ago: {SomeNames.Of([.. _stale.OrderBy(account => account, StringComparer.Ordinal)])}." : "",
            _future.Count > 0 ? $"Read at a time that is still to come, so that nobody knows how long ago: {SomeNames.Of([.. _future.OrderBy(account => account, StringComparer.Ordinal)])}." : "",
        ];
        return Array.FindAll(all, sentence => sentence.Length > 0);
    }

    // An account that a filter leaves without verdicts is not one that nobody assessed.
    private IEnumerable<string> Unassessed() =>
        Wanted(lake.LatestAccounts().Select(account => account.AccountId).Concat(MissingAccounts()))
            .Where(account => !_assessed.Contains(account) && !lake.ReadFindings(new FindingQuery { AccountIds = [account], Statuses = [FindingStatus.Pass, FindingStatus.Fail], ExcludedServices = order.Events }).Any());

    private IEnumerable<string> MissingAccounts() => lake.Harvests()
        .Where(harvest => !harvest.IsOfEvents(order.Events))
        .Take(1)
        .SelectMany(harvest => harvest.MissingAccounts);

    private IEnumerable<string> Wanted(IEnumerable<string> accounts) =>
        accounts.Where(account => order.Query.AccountIds?.Contains(account) != false).Distinct(StringComparer.Ordinal);
}
