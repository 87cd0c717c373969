using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace CloudPosture.Sandbox;

/// <summary>The calls so far, in the order they ended. A snapshot is taken when it is enumerated.</summary>
public sealed class CallLog : IEnumerable<CallRecord>
{
    private readonly ConcurrentQueue<CallRecord> _calls = new();
    private readonly bool _isKept;
    private long _total;

    internal CallLog(bool isKept) => _isKept = isKept;

    /// <summary>How many calls were answered, kept or not.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Hears the number of each call before its answer is sent, on whatever thread that is.</summary>
    public Action<long>? Counted { get; set; }

    /// <summary>Hears each call that could change something, before its answer is sent, on whatever thread that is.</summary>
    public Action<CallRecord>? Written { get; set; }

    public void Clear() => _calls.Clear();

    public IEnumerator<CallRecord> GetEnumerator() => ((IEnumerable<CallRecord>)_calls.ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(CallRecord call)
    {
        var number = Interlocked.Increment(ref _total);
        if (_isKept)
        {
            _calls.Enqueue(call);
        }

        Counted?.Invoke(number);
        if (call.IsWrite)
        {
            Written?.Invoke(call);
        }
    }
}
