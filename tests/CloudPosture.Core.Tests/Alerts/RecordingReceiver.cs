using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Alerts;

namespace CloudPosture.Tests.Alerts;

/// <summary>A receiver that remembers its messages and fails when it is told to.</summary>
internal sealed class RecordingReceiver(int? mostFindings = null) : IAlertReceiver
{
    public AlertKind Kind => AlertKind.Webhook;

    public string Identity => "https://receiver.example/secret";

    public string Place => "receiver.example";

    public int? MostFindings => mostFindings;

    public List<AlertMessage> Messages { get; } = [];

    /// <summary>Asked before each message whether it fails.</summary>
    public Func<int, bool> Fails { get; set; } = _ => false;

    /// <summary>Awaited before each message is taken.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        await Gate;
        if (Fails(Messages.Count))
        {
            throw new AlertException("It is not there.");
        }

        Messages.Add(message);
    }
}
