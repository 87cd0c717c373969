using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>
/// The steps of a path, written when they are looked at: very many paths share what leads into them and what leads on, and few are looked at.
/// </summary>
/// <param name="entry">Where it begins.</param>
/// <param name="goal">Where it leads, in a few words.</param>
internal sealed class PathStepView(PathEntry entry, string goal) : IList<PosturePathStep>
{
    /// <summary>Where the path begins.</summary>
    public PathEntry Entry => entry;

    /// <summary>Where it leads, in a few words.</summary>
    public string Goal => goal;

    /// <summary>Whether it ends where it came in.</summary>
    public bool IsMerelyReached { get; init; }

    /// <summary>The steps from the entry's own identity.</summary>
    public IReadOnlyList<Step> Onward { get; init; } = [];

    /// <summary>What it is that is read in the end; null for a path that does not end with data.</summary>
    public DataRead? Read { get; init; }

    public int Count => Own + Onward.Count + (Read is null ? 0 : 1);

    public bool IsReadOnly => true;

    /// <summary>What the path hangs on, each once for each step.</summary>
    public IEnumerable<string> Conditions => entry.Conditions
        .Concat(entry.Other.Take(Own).Select(step => step.Conditions))
        .Concat(Onward.Select(step => Joined(step.Judgement)))
        .Concat(Read is null ? [] : [Joined(Read.Judgement)])
        .Where(condition => condition.Length > 0);

    private int Own => IsMerelyReached ? 1 : entry.Length;

    public PosturePathStep this[int index]
    {
        get => index >= 0 && index < Count ? Numbered(index < Own ? entry.Steps[index] : After(index - Own), index) : throw new ArgumentOutOfRangeException(nameof(index));
        set => throw ReadOnly();
    }

    public IEnumerator<PosturePathStep> GetEnumerator() =>
        entry.Steps.Take(Own).Concat(Enumerable.Range(0, Count - Own).Select(After)).Select(Numbered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(PosturePathStep item)
    {
        for (var index = 0; index < Count; index++)
        {
            if (this[index] == item)
            {
                return index;
            }
        }

        return -1;
    }

    public bool Contains(PosturePathStep item) => IndexOf(item) >= 0;

    public void CopyTo(PosturePathStep[] array, int arrayIndex)
    {
        for (var index = 0; index < Count; index++)
        {
            array[arrayIndex + index] = this[index];
        }
    }

    public void Add(PosturePathStep item) => throw ReadOnly();

    public void Clear() => throw ReadOnly();

    public void Insert(int index, PosturePathStep item) => throw ReadOnly();

    public bool Remove(PosturePathStep item) => throw ReadOnly();

    public void RemoveAt(int index) => throw ReadOnly();

    private PosturePathStep After(int place) => place < Onward.Count ? PathSteps.Escalate(Onward[place]) : PathSteps.Read(Read!.Reader, goal, Read.Arn, Read.Judgement);

    private PosturePathStep Numbered(PosturePathStep step, int index) => step with
    {
        Origin = entry.Length == 0 ? ThingLabel.Of(entry.Identity!) : ThingLabel.Of(entry.Type, entry.Id),
        Goal = goal,
        Number = index + 1,
    };

    private static string Joined(PartJudgement judgement) => string.Join("; ", judgement.Conditions);

    private static NotSupportedException ReadOnly() => new("The steps of a path are fixed.");
}
