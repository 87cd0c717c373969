using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Calls;

/// <summary>Asks again and again for what AWS works out on request, until it is done.</summary>
/// <param name="caller">What sends the call.</param>
/// <param name="call">The call.</param>
/// <param name="region">The Region to ask.</param>
internal sealed class Polling(ServiceCaller caller, OperationEntry call, string region)
{
    private const int MostTries = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The answer of a call, once AWS has finished what it is asked for.</summary>
    /// <param name="input">Its input.</param>
    /// <param name="isPending">Tells of an answer that AWS still works on it.</param>
    /// <param name="isDigestedAtOnce">Whether the answer is used up before the next call.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AwsServiceException">The call failed, or was not complete after many tries.</exception>
    public async Task<AwsAnswer> FinishedAsync(JsonElement input, Func<JsonElement, bool> isPending, bool isDigestedAtOnce, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await caller.SendAsync(call, region, input, isDigestedAtOnce, cancellationToken).ConfigureAwait(false);
            if (!isPending(answer.Root))
            {
                return answer;
            }

            answer.Dispose();
            if (attempt == MostTries)
            {
                throw new AwsServiceException($"{call.Operation} was not complete after {MostTries} tries.") { Code = "NotComplete" };
            }

            await caller.WaitAsync(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
