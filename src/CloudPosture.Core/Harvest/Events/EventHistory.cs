using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Protocols;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Events;

/// <summary>
/// CloudTrail's event history, of which no more is taken than by whom an event of a name that was asked for was caused, and when: requests,
/// answers, addresses, agents and all else of an event are passed over where its page is read. Thread-safe.
/// </summary>
/// <param name="reader">The ARN of the principal that a harvest comes as; null where that is not known.</param>
internal sealed class EventHistory(string? reader)
{
    private const int LongestArn = 2048;
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { "Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "Directory", "IdentityCenterUser" };
    private readonly Dictionary<string, PrincipalEvents> _principals = new(StringComparer.Ordinal);

    /// <summary>Takes what is kept of an event; those without an ARN come from AWS's services and other accounts.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="found">The event as LookupEvents answers it.</param>
    /// <exception cref="MalformedAnswerException">It is no event.</exception>
    public void Take(string name, JsonElement found)
    {
        if (found.Text("EventName") != name)
        {
            return;
        }

        if (!Timestamps.TryParse(found.Text("EventTime") ?? "", out var time))
        {
            throw new MalformedAnswerException("An event has no time.");
        }

        if (PrincipalOf(found.Text("CloudTrailEvent") ?? "{}") is var (arn, kind, role))
        {
            lock (_principals)
            {
                if (!_principals.TryGetValue(arn, out var events))
                {
                    _principals[arn] = events = new PrincipalEvents(kind, role);
                }

                events.Add(name, time);
            }
        }
    }

    /// <summary>A record a principal, sorted by ARN.</summary>
    /// <param name="since">The earliest time that was asked for.</param>
    /// <param name="until">The latest.</param>
    public IEnumerable<JsonElement> Records(DateTimeOffset since, DateTimeOffset until) =>
        _principals.OrderBy(principal => principal.Key, StringComparer.Ordinal).Select(principal => Record(principal.Key, principal.Value, since, until));

    private JsonElement Record(string arn, PrincipalEvents seen, DateTimeOffset since, DateTimeOffset until)
    {
        using var buffer = new ByteBuffer(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Principal", arn);
            json.WriteString("PrincipalType", seen.Kind);
            json.WriteString("Role", seen.Role);
            json.WriteBoolean("IsReader", IsReader(arn));
            json.WriteString("Since", Timestamps.ToJson(since));
            json.WriteString("Until", Timestamps.ToJson(until));
            json.WriteStartArray("Events");
            foreach (var (name, events) in seen.Events.Select(each => (each.Key, each.Value)))
            {
                json.WriteStartObject();
                json.WriteString("Name", name);
                json.WriteNumber("Count", events.Count);
                json.WriteString("First", Timestamps.ToJson(events.First));
                json.WriteString("Last", Timestamps.ToJson(events.Last));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToJson();
    }

    /// <summary>Whether it is who reads here; any session of a role is that role.</summary>
    private bool IsReader(string arn) => reader is not null && (arn == reader || (RoleOf(reader) is { } role && RoleOf(arn) == role));

    /// <summary>Account and name of the role that an ARN of a role or of its session is about.</summary>
    private static (string Account, string Name)? RoleOf(string arn) =>
        RoleArn.TryParse(arn, out var role) ? (role.AccountId, role.Name)
        : arn.Split(':') is [_, _, "sts", _, var account, var session] && session.Split('/') is ["assumed-role", var name, _] ? (account, name)
        : null;

    private static (string Arn, string Kind, string? Role)? PrincipalOf(string text)
    {
        try
        {
            using var record = JsonDocument.Parse(text);
            if (!record.RootElement.TryGetProperty("userIdentity", out var identity) || identity.Text("arn") is not { } arn || !IsArn(arn))
            {
                return null;
            }

            var role = identity.TryGetProperty("sessionContext", out var session) && session.ValueKind == JsonValueKind.Object && session.TryGetProperty("sessionIssuer", out var issuer) ? issuer.Text("arn") : null;
            return (arn, identity.Text("type") is { } kind && Kinds.Contains(kind) ? kind : "Unknown", role is not null && IsArn(role) ? role : null);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // What a parser says of a text may quote it.
            throw new MalformedAnswerException("The record of an event is no JSON object.");
        }
    }

    private static bool IsArn(string text) => text.Length <= LongestArn && text.StartsWith("arn:", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);
}
