using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Asks for credentials so that whoever cancels need not wait for them. AWSSDK.Core hands no token to what renews credentials: ours find
/// that of who asks here, and stop; nobody waits any more for those of others.
/// </summary>
internal static class CredentialFetch
{
    private static readonly AsyncLocal<CancellationToken> Asker = new();

    /// <summary>Cancels what is being asked for.</summary>
    public static CancellationToken Token => Asker.Value;

    public static Task<ImmutableCredentials> GetAsync(AWSCredentials credentials, CancellationToken cancellationToken) =>
        WithAsync(credentials.GetCredentialsAsync, cancellationToken);

    /// <summary>Does what may ask for credentials on its way.</summary>
    public static async Task<T> WithAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asker.Value = cancellationToken;
        var answer = ask();
        if (!answer.IsCompleted && cancellationToken.CanBeCanceled)
        {
            await EndOfAsync(answer, cancellationToken).ConfigureAwait(false);
        }

        return await answer.ConfigureAwait(false);
    }

    private static async Task EndOfAsync(Task answer, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        if (await Task.WhenAny(answer, cancelled.Task).ConfigureAwait(false) != answer)
        {
            // What it comes to is nobody's concern.
            _ = answer.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
