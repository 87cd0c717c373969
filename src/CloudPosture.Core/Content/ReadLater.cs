using System;
using System.Collections;
using System.Collections.Generic;

namespace CloudPosture.Content;

/// <summary>A list that is read when somebody first looks into it.</summary>
/// <param name="read">Reads it, once.</param>
internal sealed class ReadLater<T>(Func<IReadOnlyList<T>> read) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<T>> _list = new(read);

    public int Count => _list.Value.Count;

    public T this[int index] => _list.Value[index];

    public IEnumerator<T> GetEnumerator() => _list.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
