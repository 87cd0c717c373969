using System.Collections.Generic;

namespace CloudPosture.Graph.Relations;

/// <summary>A list that grows without moving what it holds, so that it never takes twice its size.</summary>
internal sealed class Pages<T>
{
    private const int Bits = 15;
    private const int PageSize = 1 << Bits;
    private readonly List<T[]> _pages = [];

    public int Count { get; private set; }

    public T this[int index]
    {
        get => _pages[index >> Bits][index & (PageSize - 1)];
        set => _pages[index >> Bits][index & (PageSize - 1)] = value;
    }

    public void Add(T item)
    {
        if (Count >> Bits == _pages.Count)
        {
            _pages.Add(new T[PageSize]);
        }

        this[Count++] = item;
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear() => (_, Count) = (Empty(), 0);

    private bool Empty()
    {
        _pages.Clear();
        return true;
    }
}
