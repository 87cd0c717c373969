using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Text;

namespace CloudPosture.Alerts;

/// <summary>
/// Tells receivers what is new or worse since each was last told. What a receiver was told is remembered once it took the message, so that a
/// message that failed is sent again. A receiver is told by one process at a time.
/// </summary>
/// <param name="folder">Where it is remembered.</param>
/// <param name="now">The time, in UTC.</param>
public sealed class AlertRun(string folder, DateTimeOffset now)
{
    private const int BatchesBetweenSaves = 20;

    /// <summary>How many accounts and rules a digest tells in words.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>How whoever is told sees what is only counted; empty where nothing is said of it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>What failed before this time, in UTC, and was never told, is remembered without a word; null tells of all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How long another process may have a receiver.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A name for a receiver that shows nothing of its address.</summary>
    /// <param name="receiver">The receiver.</param>
    public static string NameOf(IAlertReceiver receiver) => $"{receiver.Kind.ToString().ToLowerInvariant()}-{Sha256.Hex(receiver.Identity, 5)}";

    /// <summary>Tells one receiver.</summary>
    /// <param name="receiver">Who.</param>
    /// <param name="name">The name it is remembered by.</param>
    /// <param name="findings">The findings; they are read once or twice. What passes or is accepted is forgotten, and told again when it fails again.</param>
    /// <param name="approve">Asked before anything is sent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="AlertException">The receiver was not told; it is the next time.</exception>
    /// <exception cref="IOException">The memory cannot be read or written, or another process had it all the while.</exception>
    public async Task<AlertOutcome> SendAsync(IAlertReceiver receiver, string name, IEnumerable<Finding> findings, Func<AlertDigest, Task<bool>> approve, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(folder);
        using var turn = await FileLock.LockAsync(Path.Combine(folder, name + ".lock"), Patience, cancellationToken).ConfigureAwait(false);
        var told = ToldFindings.Read(Path.Combine(folder, name + ".gz"), now);
        var (digest, pending) = Collect(findings, told, cancellationToken);
        if (pending.Count == 0)
        {
            told.Save();
            return new AlertOutcome { Digest = digest, IsSent = false };
        }

        if (!await approve(digest).ConfigureAwait(false))
        {
            return new AlertOutcome { Digest = digest, IsSent = false };
        }

        told.RefuseToForget(pending);
        var recipient = new AlertRecipient(receiver, name, told);
        return receiver.MostFindings is { } most
            ? await SendEachAsync(recipient, findings, digest, most, cancellationToken).ConfigureAwait(false)
            : await SendDigestAsync(recipient, digest, pending, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AlertOutcome> SendDigestAsync(AlertRecipient recipient, AlertDigest digest, IReadOnlyDictionary<Guid, (long Since, Severity Severity)> pending, CancellationToken cancellationToken)
    {
        var message = new AlertMessage { Id = IdOf(recipient.Name, pending), CreatedAt = now, Digest = digest };
        await recipient.TellAsync(message, pending, cancellationToken).ConfigureAwait(false);
        recipient.Told.Save();
        return new AlertOutcome { Digest = digest, IsSent = true, Messages = 1, MessageId = message.Id };
    }

    private async Task<AlertOutcome> SendEachAsync(AlertRecipient recipient, IEnumerable<Finding> findings, AlertDigest digest, int most, CancellationToken cancellationToken)
    {
        var outcome = new AlertOutcome { Digest = digest, IsSent = true };
        try
        {
            foreach (var batch in Batches(findings, recipient.Told, most))
            {
                var pending = batch.Select(one => Told(one.Finding)).ToDictionary(one => one.Key, one => (one.Since, one.Severity));
                var part = new AlertDigest(Limit) { Hint = Hint };
                batch.ForEach(one => part.Add(one.Finding, one.Reason));
                var message = new AlertMessage { Id = IdOf(recipient.Name, pending), CreatedAt = now, Digest = part, Findings = batch };
                await recipient.TellAsync(message, pending, cancellationToken).ConfigureAwait(false);
                outcome = outcome with { Messages = outcome.Messages + 1, MessageId = outcome.MessageId ?? message.Id };
                if (outcome.Messages % BatchesBetweenSaves == 0)
                {
                    recipient.Told.Save();
                }
            }

            return outcome;
        }
        finally
        {
            recipient.Told.Save();
        }
    }

    private (AlertDigest Digest, Dictionary<Guid, (long Since, Severity Severity)> Pending) Collect(IEnumerable<Finding> findings, ToldFindings told, CancellationToken cancellationToken)
    {
        var digest = new AlertDigest(Limit) { Hint = Hint };
        var pending = new Dictionary<Guid, (long, Severity)>();
        foreach (var finding in findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (finding.Status is FindingStatus.Pass or FindingStatus.Excepted)
            {
                told.Forget(finding);
            }
            else if (finding.Status == FindingStatus.NotAssessed)
            {
                digest.NotAssessed++;
            }
            else if (finding.Status == FindingStatus.Fail && told.Judge(finding) is { } reason && !pending.ContainsKey(ToldFindings.KeyOf(finding)))
            {
                Take(finding, reason);
            }
        }

        return (digest, pending);

        void Take(Finding finding, AlertReason reason)
        {
            var (key, since, severity) = Told(finding);
            if (IsOld(finding, reason))
            {
                told.Remember(key, since, severity);
                return;
            }

            digest.Add(finding, reason);
            pending.Add(key, (since, severity));
        }
    }

    // A finding may come twice through a pipeline.
    private IEnumerable<List<(Finding Finding, AlertReason Reason)>> Batches(IEnumerable<Finding> findings, ToldFindings told, int most)
    {
        var batch = new List<(Finding, AlertReason)>(most);
        var keys = new HashSet<Guid>();
        foreach (var finding in findings.Where(finding => finding.Status == FindingStatus.Fail))
        {
            if (told.Judge(finding) is { } reason && !IsOld(finding, reason) && keys.Add(ToldFindings.KeyOf(finding)))
            {
                batch.Add((finding, reason));
            }

            if (batch.Count == most)
            {
                yield return batch;
                batch = new List<(Finding, AlertReason)>(most);
                keys.Clear();
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private bool IsOld(Finding finding, AlertReason reason) => reason == AlertReason.New && Since is { } since && ToldFindings.SinceOf(finding) < since.UtcTicks;

    private static (Guid Key, long Since, Severity Severity) Told(Finding finding) => (ToldFindings.KeyOf(finding), ToldFindings.SinceOf(finding), finding.Severity);

    private static string IdOf(string name, IReadOnlyDictionary<Guid, (long Since, Severity Severity)> pending)
    {
        var text = new StringBuilder(name);
        foreach (var one in pending.OrderBy(one => one.Key))
        {
            text.Append(FormattableString.Invariant($" {one.Key:N} {one.Value.Since} {one.Value.Severity}"));
        }

        return Sha256.Hex(text.ToString(), 16);
    }
}
