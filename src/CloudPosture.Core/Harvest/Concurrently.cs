using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CloudPosture.Harvest;

/// <summary>Asynchronous work on many items, a bounded number at a time.</summary>
internal static class Concurrently
{
    /// <summary>Works on each item; after a failure no further item is begun.</summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, int degree, Func<T, Task> work)
    {
        using var source = items.GetEnumerator();
        var hasFailed = false;
        await Task.WhenAll(Enumerable.Range(0, degree).Select(_ => WorkAsync())).ConfigureAwait(false);

        bool TryNext(out T item)
        {
            lock (source)
            {
                var hasNext = !hasFailed && source.MoveNext();
                item = hasNext ? source.Current : default!;
                return hasNext;
            }
        }

        async Task WorkAsync()
        {
            while (TryNext(out var item))
            {
                try
                {
                    await work(item).ConfigureAwait(false);
                }
                catch
                {
                    lock (source)
                    {
                        hasFailed = true;
                    }

                    throw;
                }
            }
        }
    }
}
