using System;
using System.Collections.Concurrent;

namespace CloudPosture.Lake.Storage;

/// <summary>Tells of each damage once, however often it is met; where nobody listens it is thrown. Thread-safe.</summary>
internal sealed class DamageReport
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Who is told; null for nobody.</summary>
    public Action<LakeException>? Listener { get; set; }

    /// <exception cref="LakeException">Nobody listens.</exception>
    public void Tell(LakeException damage)
    {
        if (Listener is not { } listener)
        {
            throw damage;
        }

        if (_told.TryAdd(damage.Message, true))
        {
            listener(damage);
        }
    }

    /// <summary>Reads.</summary>
    /// <returns>Null where what is read is damaged, which was told.</returns>
    public T? Guard<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (LakeException damage) when (damage.IsDamage)
        {
            Tell(damage);
            return null;
        }
    }
}
