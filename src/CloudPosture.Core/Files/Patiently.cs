using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Files;

/// <summary>Tries again what somebody else may only be in the way of.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Tries until it succeeds, fails for good, or patience ends.</summary>
    public static async Task<T> TryAsync<T>(Func<T> attempt, Func<Exception, bool> isPassing, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (Exception problem) when (isPassing(problem) && waited.Elapsed < patience)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
