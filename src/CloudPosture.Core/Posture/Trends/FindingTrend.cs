using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Rules;

namespace CloudPosture.Posture.Trends;

/// <summary>
/// Tells how findings came along from day to day, for each day on which something was assessed: what was known at its end, whatever
/// day it was read on, and what became of findings on it. Counts are kept with each assessment, so that no finding is read.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="library">The rules and benchmarks.</param>
/// <param name="order">What is wanted.</param>
public sealed class FindingTrend(PostureLake lake, RuleLibrary library, TrendOrder order)
{
    private readonly Dictionary<(string Account, string Service), Dictionary<string, TrendCounts>> _known = [];
    private readonly Dictionary<string, TrendCounts> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _benchmarks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The days, oldest first, and within a day its groups: severities from the worst, all others by name.</summary>
    public IEnumerable<TrendPoint> Read()
    {
        foreach (var day in Assessments().GroupBy(one => one.Note.AssessedAt.UtcDateTime.Date))
        {
            foreach (var group in _totals.Keys.ToList())
            {
                _totals[group] = _totals[group].NextDay();
            }

            foreach (var (harvest, note) in day)
            {
                Take(harvest, note);
            }

            foreach (var point in day.Key < order.Since?.UtcDateTime.Date ? [] : Sorted().Select(group => new TrendPoint(day.Key, group, _totals[group])))
            {
                yield return point;
            }
        }
    }

    private IEnumerable<string> Sorted() => order.By == TrendGroup.Severity
        ? _totals.Keys.OrderByDescending(name => (Severity)Enum.Parse(typeof(Severity), name))
        : _totals.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>The assessments, oldest first; of those before the first day only what is known of when it begins.</summary>
    private IEnumerable<(HarvestInfo Harvest, AccountAssessed Note)> Assessments()
    {
        var all = lake.Assessments(order.AccountIds)
            .Where(one => !one.Note.IsOfEvents(library.EventNames))
            .OrderBy(one => one.Note.AssessedAt).ToList();
        var first = order.Since is { } since ? all.FindIndex(one => one.Note.AssessedAt.UtcDateTime.Date >= since.UtcDateTime.Date) : 0;
        var before = first < 0 ? all.Count : first;
        var done = new HashSet<(string, string)>();
        var counting = new HashSet<int>();
        for (var i = before - 1; i >= 0; i--)
        {
            var note = all[i].Note;
            if (note.Services.Count == 0
                ? done.Add((note.AccountId, ""))
                : !done.Contains((note.AccountId, "")) && note.Services.Count(service => done.Add((note.AccountId, service))) > 0)
            {
                counting.Add(i);
            }
        }

        return all.Where((_, i) => i >= before || counting.Contains(i));
    }

    private void Take(HarvestInfo harvest, AccountAssessed note)
    {
        var now = Grouped(note.AccountId, lake.Counts(harvest, note));
        var services = note.Services.Count > 0 ? note.Services.Union(now.Keys).ToList() : [.. _known.Keys.Where(key => key.Account == note.AccountId)
            .Select(key => key.Service)
            .Union(now.Keys)];
        foreach (var service in services)
        {
            var old = _known.TryGetValue((note.AccountId, service), out var known) ? known : [];
            _known[(note.AccountId, service)] = now.TryGetValue(service, out var counts) ? counts : counts = [];
            foreach (var group in old.Keys.Union(counts.Keys).ToList())
            {
                _totals[group] = Of(_totals, group).Replace(Of(old, group), Of(counts, group));
            }
        }
    }

    private Dictionary<string, Dictionary<string, TrendCounts>> Grouped(string account, IEnumerable<FindingCount> counts)
    {
        var services = new Dictionary<string, Dictionary<string, TrendCounts>>(StringComparer.Ordinal);
        foreach (var count in counts.Where(count => order.Severities?.Contains(count.Severity) != false))
        {
            if (!services.TryGetValue(count.Service, out var groups))
            {
                services[count.Service] = groups = new(StringComparer.Ordinal);
            }

            foreach (var group in GroupsOf(account, count))
            {
                groups[group] = Of(groups, group).With(count);
            }
        }

        return services;
    }

    private IEnumerable<string> GroupsOf(string account, FindingCount count)
    {
        if (order.By == TrendGroup.Benchmark || order.BenchmarkIds is not null)
        {
            var benchmarks = BenchmarksOf(count.RuleId);
            if (order.By == TrendGroup.Benchmark || benchmarks.Count == 0)
            {
                return benchmarks;
            }
        }

        return
        [
            order.By switch
            {
                TrendGroup.Severity => count.Severity.ToString(),
                TrendGroup.Service => count.Service,
                TrendGroup.Account => account,
                TrendGroup.Rule => count.RuleId,
                _ => "",
            },
        ];
    }

    // A requirement at which a person must look has findings under the benchmark's own number.
    private IReadOnlyList<string> BenchmarksOf(string ruleId)
    {
        if (!_benchmarks.TryGetValue(ruleId, out var ids))
        {
            var names = library.RequirementsOf(ruleId).Select(one => one.Benchmark.Id).Concat(ruleId.Contains('/') ? [ruleId.Split('/')[0]] : []);
            _benchmarks[ruleId] = ids = [.. names.Where(id => order.BenchmarkIds?.Contains(id) != false).Distinct(StringComparer.Ordinal)];
        }

        return ids;
    }

    private static TrendCounts Of(Dictionary<string, TrendCounts> counts, string group) => counts.TryGetValue(group, out var found) ? found : TrendCounts.None;
}
