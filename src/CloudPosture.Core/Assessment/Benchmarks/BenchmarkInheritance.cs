using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>Gives benchmarks what they take over from others.</summary>
/// <param name="byId">All benchmarks as their files have them.</param>
/// <param name="tell">Hears of each mistake, which is then left out; null for an error at the first.</param>
internal sealed class BenchmarkInheritance(IReadOnlyDictionary<string, Benchmark> byId, Action<ContentException>? tell)
{
    // What is wrong with a base is told where its own requirements are asked for.
    private static readonly BenchmarkReading Silent = new(null, _ => { });

    /// <summary>The requirements of a benchmark: those of its bases in their order, those that it states anew in their place, and then its own.</summary>
    /// <exception cref="ContentException">A base is not there, names what it has not, or leads back to the benchmark.</exception>
    public IReadOnlyList<Requirement> Of(Benchmark benchmark) => Of(benchmark, new BenchmarkReading(null, tell));

    private IReadOnlyList<Requirement> Of(Benchmark benchmark, BenchmarkReading reading)
    {
        if (benchmark.BasedOn.Count == 0)
        {
            return benchmark.Requirements;
        }

        var own = benchmark.Requirements.ToDictionary(requirement => requirement.Id, StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = new List<Requirement>();
        foreach (var based in benchmark.BasedOn)
        {
            foreach (var requirement in reading.Try(() => Taken(benchmark, based, reading)) ?? [])
            {
                if (taken.TryGetValue(requirement.Id, out var first))
                {
                    reading.Refuse(Error(benchmark, based, $"requirement {requirement.Id} comes from {first} and from {based.Id}. Give one of the two a 'prefix', or leave the requirement out of one by 'without'."));
                    break;
                }

                taken.Add(requirement.Id, based.Id);
                all.Add(own.TryGetValue(requirement.Id, out var anew) ? anew : requirement);
            }
        }

        return [.. all, .. benchmark.Requirements.Where(requirement => !taken.ContainsKey(requirement.Id))];
    }

    private List<Requirement> Taken(Benchmark benchmark, BenchmarkBase based, BenchmarkReading reading)
    {
        if (Way(based.Id, benchmark.Id, new HashSet<string>(StringComparer.OrdinalIgnoreCase)) is { } way)
        {
            throw Error(benchmark, based, $"it is based on itself: {string.Join(" on ", way.Prepend(benchmark.Id))}. Take one of them out of 'basedOn'.");
        }

        var other = byId.TryGetValue(based.Id, out var found)
            ? found
            : throw Error(benchmark, based, $"it is based on '{based.Id}', which is not there.{NearestName.Suggest(based.Id, byId.Keys)}");
        var theirs = Of(other, reading.Tell is null ? reading : Silent);
        var only = Patterns(benchmark, based, based.Only, theirs, reading);
        var without = Patterns(benchmark, based, based.Without, theirs, reading);
        if (based.Level is not null && theirs.All(requirement => requirement.Level is null))
        {
            throw Error(benchmark, based, $"it takes the requirements of {based.Id} up to a level, and that one has no levels. Leave 'level' out.");
        }

        return [.. theirs
            .Where(requirement => (only.Count == 0 || only.Exists(pattern => pattern.Matches(requirement.Id))) && !without.Exists(pattern => pattern.Matches(requirement.Id)))
            .Where(requirement => based.Level is not { } level || requirement.Level <= level)
            .Select(requirement => based.Prefix.Length == 0 ? requirement : requirement with { Id = based.Prefix + requirement.Id })];
    }

    /// <summary>The ids from one benchmark to another that it rests on; null where it does not.</summary>
    private List<string>? Way(string from, string to, HashSet<string> seen)
    {
        if (string.Equals(from, to, StringComparison.OrdinalIgnoreCase))
        {
            return [to];
        }

        return seen.Add(from) && byId.TryGetValue(from, out var benchmark)
            ? benchmark.BasedOn.Select(based => Way(based.Id, to, seen)).FirstOrDefault(rest => rest is not null) is { } found ? [from, .. found] : null
            : null;
    }

    private static List<Wildcard> Patterns(Benchmark benchmark, BenchmarkBase based, IReadOnlyList<string> ids, IReadOnlyList<Requirement> theirs, BenchmarkReading reading)
    {
        var patterns = ids.Select(id => new Wildcard(id, ignoreCase: true)).ToList();
        foreach (var stranger in patterns.Where(pattern => !theirs.Any(requirement => pattern.Matches(requirement.Id))))
        {
            reading.Refuse(Error(benchmark, based, $"{based.Id} has no requirement '{stranger.Text}'.{NearestName.Suggest(stranger.Text, theirs.Select(requirement => requirement.Id))}"));
        }

        return patterns;
    }

    private static ContentException Error(Benchmark benchmark, BenchmarkBase based, string problem) => new(benchmark.File, based.Line, $"benchmark {benchmark.Id}", problem);
}
