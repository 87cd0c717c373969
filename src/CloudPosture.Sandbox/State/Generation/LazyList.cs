using System;
using System.Collections;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>A list whose items are made when they are asked for.</summary>
internal sealed class LazyList(int count, Func<int, JsonNode> item) : IReadOnlyList<JsonNode>
{
    public int Count => count;

    public JsonNode this[int index] => item(index);

    /// <summary>Several lists one after the other.</summary>
    public static LazyList Concat(params IReadOnlyList<JsonNode>[] lists)
    {
        var total = 0;
        foreach (var list in lists)
        {
            total += list.Count;
        }

        return new LazyList(total, index =>
        {
            foreach (var list in lists)
            {
                if (index < list.Count)
                {
                    return list[index];
                }

                index -= list.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        });
    }

    public IEnumerator<JsonNode> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
        {
            yield return item(index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
