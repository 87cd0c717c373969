using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Time;

namespace CloudPosture.Files;

/// <summary>Tries again what somebody else may only be in the way of.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Tries until it succeeds, fails for good, or patience ends.</summary>
    public static async Task<T> TryAsync<T>(Func<T> attempt, Func<Exception, bool> isPassing, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (Exception problem) when (isPassing(problem) && TimeProvider.System.GetElapsedTime(begun) < patience)
            {
                await TimeProvider.System.DelayAsync(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
