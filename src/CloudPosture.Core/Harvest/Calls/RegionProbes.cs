using System.Collections.Generic;
using System.Threading.Tasks;

namespace CloudPosture.Harvest.Calls;

/// <summary>
/// In which Regions a service has answered at all. Where it had nothing but faults to say yet, one call alone is repeated and the others
/// wait for what it finds: an outage is met with few calls, and waited for once. Thread-safe.
/// </summary>
internal sealed class RegionProbes
{
    private readonly object _gate = new();
    private readonly HashSet<string> _answered = [];
    private readonly Dictionary<string, Probe> _probes = [];

    /// <summary>The service answered, if only that it refuses.</summary>
    public void Answered(string region)
    {
        lock (_gate)
        {
            if (_answered.Add(region) && _probes.TryGetValue(region, out var probe))
            {
                probe.Found.TrySetResult(true);
            }
        }
    }

    /// <summary>Whether a call that met a fault is the one that finds out, or needs not to.</summary>
    /// <param name="attempt">The call.</param>
    /// <param name="found">Where it is not: whether the service answers, as soon as that is known.</param>
    public bool IsToFindOut(CallAttempt attempt, out Task<bool> found)
    {
        lock (_gate)
        {
            if (_answered.Contains(attempt.Region))
            {
                found = Task.FromResult(true);
                return true;
            }

            if (!_probes.TryGetValue(attempt.Region, out var probe))
            {
                _probes[attempt.Region] = probe = new Probe(attempt, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            found = probe.Found.Task;
            return probe.Attempt == attempt;
        }
    }

    /// <summary>A call is over: where it was the one that finds out and had no answer, there is none for the others either.</summary>
    public void Ended(CallAttempt attempt)
    {
        lock (_gate)
        {
            if (_probes.TryGetValue(attempt.Region, out var probe) && probe.Attempt == attempt)
            {
                probe.Found.TrySetResult(_answered.Contains(attempt.Region));
            }
        }
    }

    private sealed record Probe(CallAttempt Attempt, TaskCompletionSource<bool> Found);
}
