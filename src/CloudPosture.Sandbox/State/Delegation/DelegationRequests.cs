using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Delegation;

/// <summary>The delegation requests of all accounts, and the messages about them.</summary>
internal sealed class DelegationRequests(TimeProvider clock)
{
    private readonly Dictionary<string, DelegationEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<(string Topic, string Body)> _messages = [];
    private readonly HashSet<string> _partners = new(StringComparer.Ordinal);

    /// <summary>Serialises calls, so that each transition is whole.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Told each message as SNS delivers it.</summary>
    public Action<string>? Told { get; set; }

    public DelegationTemplates Templates { get; } = new();

    public void AddPartner(string accountId)
    {
        lock (Gate)
        {
            _partners.Add(accountId);
        }
    }

    public bool IsPartner(string accountId) => _partners.Contains(accountId);

    public bool IsUsed(Principal requestor, string workflowId) =>
        _entries.Values.Any(entry => entry.Requestor.AccountId == requestor.AccountId && entry.WorkflowId == workflowId);

    public DelegationEntry Add(Principal requestor, JsonObject input, string policy, IReadOnlyList<string> boundaries)
    {
        var entry = new DelegationEntry
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Requestor = requestor,
            Input = input,
            Policy = policy,
            Boundaries = boundaries,
            Created = clock.GetUtcNow(),
        };
        _entries.Add(entry.Id, entry);
        Enter(entry, DelegationStates.Unassigned);
        return entry;
    }

    public DelegationEntry? Find(string id) => _entries.TryGetValue(id, out var entry) ? Aged(entry) : null;

    public DelegationEntry? FindByToken(string token) => _entries.Values.FirstOrDefault(entry => entry.Token == token);

    public IEnumerable<DelegationEntry> All() => _entries.Values.OrderBy(entry => entry.Created).Select(Aged);

    /// <summary>Changes a request's state and tells its topic.</summary>
    public void Enter(DelegationEntry entry, string state)
    {
        entry.Enter(state, clock.GetUtcNow());
        Tell(entry, "StateChange");
    }

    /// <summary>Gives a request's token out; the credentials for it end with the session that was asked for.</summary>
    public void Release(DelegationEntry entry)
    {
        entry.Token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        Enter(entry, DelegationStates.Finalized);
        Tell(entry, "ExchangeToken", entry.Token);
    }

    /// <summary>What was sent to a topic so far, as SNS delivers it.</summary>
    public IReadOnlyList<string> Messages(string? topic)
    {
        lock (Gate)
        {
            foreach (var entry in _entries.Values)
            {
                Aged(entry);
            }

            return [.. _messages.Where(message => topic is null || message.Topic == topic).Select(message => message.Body)];
        }
    }

    private DelegationEntry Aged(DelegationEntry entry)
    {
        if (entry.Expires <= clock.GetUtcNow())
        {
            Enter(entry, DelegationStates.Expired);
        }

        return entry;
    }

    private void Tell(DelegationEntry entry, string type, string? token = null)
    {
        var message = new JsonObject
        {
            ["Type"] = type,
            ["RequestId"] = entry.Id,
            ["RequestorWorkflowId"] = entry.WorkflowId,
            // AWS spells this one state apart from its API.
            ["State"] = entry.State.Replace('_', ' '),
            ["OwnerAccountId"] = entry.OwnerAccountId,
            ["UpdatedAt"] = WireTime.Text(entry.Updated),
        };
        if (token is not null)
        {
            message["ExchangeToken"] = token;
            message["ExpiresAt"] = WireTime.Text(entry.Updated + entry.SessionDuration);
        }

        var envelope = new JsonObject
        {
            ["Type"] = "Notification",
            ["MessageId"] = Guid.NewGuid().ToString(),
            ["TopicArn"] = entry.Topic,
            ["Message"] = message.ToJsonString(),
            ["Timestamp"] = WireTime.Text(entry.Updated),
        };
        var body = envelope.ToJsonString();
        _messages.Add((entry.Topic, body));
        Told?.Invoke(body);
    }
}
