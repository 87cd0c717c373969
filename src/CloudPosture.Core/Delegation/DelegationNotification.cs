using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Delegation;

/// <summary>What AWS tells through SNS about a request.</summary>
public sealed record DelegationNotification
{
    // A queue wraps a topic's message, which wraps AWS's; anything deeper is not theirs.
    private const int MostEnvelopes = 4;

    /// <summary>The request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The sender's id of it.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Where it stands; null where the message does not say.</summary>
    public DelegationState? State { get; init; }

    /// <summary>The account asked.</summary>
    public string? OwnerAccountId { get; init; }

    /// <summary>When the state changed, in UTC; null where the message does not say.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The exchange token; null in a message about the state alone.</summary>
    public ExchangeToken? Token { get; init; }

    /// <summary>
    /// Reads what came: the message itself (raw delivery), an SNS notification around it, an SQS message around either, or what
    /// <c>aws sqs receive-message</c> prints.
    /// </summary>
    /// <param name="body">JSON.</param>
    /// <returns>The notifications, in their order; several for several SQS messages.</returns>
    /// <exception cref="DelegationException">It is none of these. The message never repeats the text, which may hold a token.</exception>
    public static IReadOnlyList<DelegationNotification> Parse(string body)
    {
        var found = new List<DelegationNotification>();
        Unwrap(body, found, MostEnvelopes);
        return found;
    }

    private static void Unwrap(string body, List<DelegationNotification> found, int depth)
    {
        if (depth == 0)
        {
            throw Unknown("it is wrapped too often");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            // The parser's own words quote what it stumbled on.
            throw Unknown("it is not JSON");
        }

        using (document)
        {
            Unwrap(document.RootElement, found, depth);
        }
    }

    private static void Unwrap(JsonElement message, List<DelegationNotification> found, int depth)
    {
        if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("Messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in messages.EnumerateArray())
            {
                Unwrap(item, found, depth);
            }
        }
        else if ((message.Text("Body") ?? message.Text("Message")) is { } inner)
        {
            Unwrap(inner, found, depth - 1);
        }
        else
        {
            found.Add(Read(message));
        }
    }

    private static DelegationNotification Read(JsonElement message)
    {
        var token = message.Text("ExchangeToken");
        if (message.Text("Type") is not ("StateChange" or "ExchangeToken") || message.Text("RequestId") is not { } id || message.Text("RequestorWorkflowId") is not { } workflow)
        {
            throw Unknown("Type, RequestId and RequestorWorkflowId are not as they should be");
        }

        if (message.Text("Type") == "ExchangeToken" && string.IsNullOrEmpty(token))
        {
            throw Unknown("it announces an exchange token and holds none");
        }

        return new DelegationNotification
        {
            RequestId = id,
            WorkflowId = workflow,
            State = message.Text("State") is not { } text ? null : DelegationStates.TryParse(text, out var state) ? state : throw Unknown("its state is unknown"),
            OwnerAccountId = message.Text("OwnerAccountId"),
            Updated = Time(message, "UpdatedAt"),
            Token = string.IsNullOrEmpty(token) ? null : new ExchangeToken(token!, Time(message, "ExpiresAt")),
        };
    }

    private static DateTimeOffset? Time(JsonElement message, string name) =>
        message.Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static DelegationException Unknown(string why) =>
        new(DelegationError.NotNotification, $"This is no notification about a delegation request: {why}. Give the body of the SNS or SQS message as it came.");
}
