using System;
using System.Threading.Tasks;

namespace CloudPosture.Aws.Retry;

/// <summary>Repeats attempts: the one loop for all who ask AWS again.</summary>
internal static class RetryLoop
{
    /// <summary>Makes attempts until one succeeds.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="again">
    /// Told what AWS said and how many attempts have failed, from 1: waits and answers true for another attempt, or answers false, and
    /// the failure is the caller's.
    /// </param>
    /// <exception cref="AwsServiceException">The last failure.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<AwsServiceException, int, Task<bool>> again)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (AwsServiceException problem)
            {
                if (!await again(problem, failures).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }
}
