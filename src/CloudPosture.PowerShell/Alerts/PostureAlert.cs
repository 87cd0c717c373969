using System;
using CloudPosture.Alerts;

namespace CloudPosture.PowerShell.Alerts;

/// <summary>What a receiver was told.</summary>
public sealed record PostureAlert
{
    /// <summary>The name by which it is remembered what the receiver was told; it shows nothing of its address.</summary>
    public required string Receiver { get; init; }

    /// <summary>What kind of receiver it is.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>Where it is: the host, the mail addresses or the topic.</summary>
    public required string Place { get; init; }

    /// <summary>Whether it was told; false where nothing is new.</summary>
    public required bool Sent { get; init; }

    /// <summary>How many findings it was told of.</summary>
    public required int Findings { get; init; }

    /// <summary>How many of them are new.</summary>
    public required int New { get; init; }

    /// <summary>How many passed before.</summary>
    public required int Regressed { get; init; }

    /// <summary>How many weigh more than before.</summary>
    public required int Worse { get; init; }

    /// <summary>How many findings could not be assessed.</summary>
    public required int NotAssessed { get; init; }

    /// <summary>How many accounts and rules they are of.</summary>
    public required int Groups { get; init; }

    /// <summary>How many messages were sent.</summary>
    public required int Messages { get; init; }

    /// <summary>The id of the message, the same when it is told again; of the first, where there are several. Null where none was sent.</summary>
    public required string? MessageId { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    internal static PostureAlert From(IAlertReceiver receiver, string name, AlertOutcome outcome, DateTimeOffset time) => new()
    {
        Receiver = name,
        Kind = receiver.Kind,
        Place = receiver.Place,
        Sent = outcome.IsSent,
        Findings = outcome.Digest.Findings,
        New = outcome.Digest.New,
        Regressed = outcome.Digest.Regressed,
        Worse = outcome.Digest.Worse,
        NotAssessed = outcome.Digest.NotAssessed,
        Groups = outcome.Digest.Total,
        Messages = outcome.Messages,
        MessageId = outcome.MessageId,
        Time = time,
    };
}
