using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content;

namespace CloudPosture.Assessment;

/// <summary>Gives benchmarks what they take over from others.</summary>
/// <param name="byId">All benchmarks as their files have them.</param>
internal sealed class BenchmarkInheritance(IReadOnlyDictionary<string, Benchmark> byId)
{
    /// <summary>The requirements of a benchmark: those of its bases in their order, those that it states anew in their place, and then its own.</summary>
    /// <exception cref="ContentException">A base is not there, names what it has not, or leads back to the benchmark.</exception>
    public IReadOnlyList<Requirement> Of(Benchmark benchmark) => Of(benchmark, []);

    private IReadOnlyList<Requirement> Of(Benchmark benchmark, IReadOnlyList<string> from)
    {
        if (benchmark.BasedOn.Count == 0)
        {
            return benchmark.Requirements;
        }

        if (from.Contains(benchmark.Id, StringComparer.OrdinalIgnoreCase))
        {
            throw new ContentException(benchmark.File, benchmark.Line, $"benchmark {benchmark.Id}", "it is based on itself.");
        }

        var own = benchmark.Requirements.ToDictionary(requirement => requirement.Id, StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = new List<Requirement>();
        foreach (var based in benchmark.BasedOn)
        {
            foreach (var requirement in Taken(benchmark, based, from))
            {
                if (taken.TryGetValue(requirement.Id, out var first))
                {
                    throw Error(benchmark, based, $"requirement {requirement.Id} comes from {first} and from {based.Id}. Give one of the two a 'prefix', or leave the requirement out of one by 'without'.");
                }

                taken.Add(requirement.Id, based.Id);
                all.Add(own.TryGetValue(requirement.Id, out var anew) ? anew : requirement);
            }
        }

        return [.. all, .. benchmark.Requirements.Where(requirement => !taken.ContainsKey(requirement.Id))];
    }

    private IEnumerable<Requirement> Taken(Benchmark benchmark, BenchmarkBase based, IReadOnlyList<string> from)
    {
        var other = byId.TryGetValue(based.Id, out var found)
            ? found
            : throw Error(benchmark, based, $"it is based on '{based.Id}', which is not there.{NearestName.Suggest(based.Id, byId.Keys)}");
        var theirs = Of(other, [.. from, benchmark.Id]);
        var only = Patterns(benchmark, based, based.Only, theirs);
        var without = Patterns(benchmark, based, based.Without, theirs);
        if (based.Level is not null && theirs.All(requirement => requirement.Level is null))
        {
            throw Error(benchmark, based, $"it takes the requirements of {based.Id} up to a level, and that one has no levels. Leave 'level' out.");
        }

        return theirs
            .Where(requirement => (only.Count == 0 || only.Exists(pattern => pattern.Matches(requirement.Id))) && !without.Exists(pattern => pattern.Matches(requirement.Id)))
            .Where(requirement => based.Level is not { } level || requirement.Level <= level)
            .Select(requirement => based.Prefix.Length == 0 ? requirement : requirement with { Id = based.Prefix + requirement.Id });
    }

    private static List<Wildcard> Patterns(Benchmark benchmark, BenchmarkBase based, IReadOnlyList<string> ids, IReadOnlyList<Requirement> theirs)
    {
        var patterns = ids.Select(id => new Wildcard(id, ignoreCase: true)).ToList();
        return patterns.Find(pattern => !theirs.Any(requirement => pattern.Matches(requirement.Id))) is { } stranger
            ? throw Error(benchmark, based, $"{based.Id} has no requirement '{stranger.Text}'.{NearestName.Suggest(stranger.Text, theirs.Select(requirement => requirement.Id))}")
            : patterns;
    }

    private static ContentException Error(Benchmark benchmark, BenchmarkBase based, string problem) => new(benchmark.File, based.Line, $"benchmark {benchmark.Id}", problem);
}
