using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Paths;

/// <summary>The steps of a path, numbered when they are looked at: many paths share most of their steps, and few are looked at.</summary>
/// <param name="steps">The steps.</param>
/// <param name="origin">Where the path begins, in a few words.</param>
/// <param name="goal">Where it leads, in a few words.</param>
internal sealed class PathStepView(IReadOnlyList<PosturePathStep> steps, string origin, string goal) : IList<PosturePathStep>
{
    public int Count => steps.Count;

    public bool IsReadOnly => true;

    public PosturePathStep this[int index]
    {
        get => steps[index] with { Origin = origin, Goal = goal, Number = index + 1 };
        set => throw ReadOnly();
    }

    public IEnumerator<PosturePathStep> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

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

    private static NotSupportedException ReadOnly() => new("The steps of a path are fixed.");
}
