using System;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>How a benchmark's file is read.</summary>
/// <param name="Rules">The rules that requirements may name; null for any.</param>
/// <param name="Tell">Hears of what is wrong, which is then left out; null for an error at the first mistake.</param>
internal sealed record BenchmarkReading(RuleSet? Rules, Action<ContentException>? Tell = null)
{
    /// <summary>What ships: the builder has checked it.</summary>
    public static readonly BenchmarkReading Plain = new((RuleSet?)null);

    /// <summary>Throws or tells.</summary>
    public void Refuse(ContentException problem)
    {
        if (Tell is null)
        {
            throw problem;
        }

        Tell(problem);
    }

    /// <summary>Reads a part; a mistake in it leaves it out where mistakes are told.</summary>
    public T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ContentException problem) when (Tell is not null)
        {
            Tell(problem);
            return null;
        }
    }
}
