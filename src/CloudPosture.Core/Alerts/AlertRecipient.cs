using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>A receiver with the memory of what it was told.</summary>
/// <param name="Receiver">The receiver.</param>
/// <param name="Name">The name it is remembered by.</param>
/// <param name="Told">What it was told.</param>
internal sealed record AlertRecipient(IAlertReceiver Receiver, string Name, ToldFindings Told)
{
    /// <summary>Sends a message, and remembers what it tells no sooner than the receiver took it.</summary>
    /// <exception cref="AlertException">The receiver did not take it.</exception>
    public async Task TellAsync(AlertMessage message, IReadOnlyDictionary<Guid, (long Since, Severity Severity)> failures, CancellationToken cancellationToken)
    {
        await Receiver.SendAsync(message, cancellationToken).ConfigureAwait(false);
        Told.Remember(failures);
    }
}
