using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>A parsed IAM policy document. Element names, condition keys and operators compare without regard to case, as IAM does.</summary>
internal sealed class PolicyDocument
{
    private static readonly Wildcard[] Anything = [new("*", ignoreCase: true)];

    private PolicyDocument(IReadOnlyList<Statement> statements) => Statements = statements;

    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>Parses a document: an object, or the text of one.</summary>
    /// <param name="json">What AWS answered.</param>
    /// <returns>The document; null where this is none.</returns>
    public static PolicyDocument? Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return ParseObject(json);
        }

        try
        {
            using var document = JsonDocument.Parse(json.GetString()!);
            return ParseObject(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PolicyDocument? ParseObject(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Member(json, "Statement") is not { } member)
        {
            return null;
        }

        var statements = new List<Statement>();
        foreach (var element in Items(member))
        {
            if (ParseStatement(element, statements.Count + 1) is not { } statement)
            {
                return null;
            }

            statements.Add(statement);
        }

        return new PolicyDocument(statements);
    }

    private static Statement? ParseStatement(JsonElement json, int number)
    {
        if (json.ValueKind != JsonValueKind.Object || Member(json, "Effect") is not { ValueKind: JsonValueKind.String } effect)
        {
            return null;
        }

        var notPrincipal = Member(json, "NotPrincipal");
        var notAction = Member(json, "NotAction");
        var notResource = Member(json, "NotResource");
        return new Statement
        {
            Number = number,
            Sid = Member(json, "Sid") is { ValueKind: JsonValueKind.String } sid ? sid.GetString() : null,
            IsAllow = string.Equals(effect.GetString(), "Allow", StringComparison.OrdinalIgnoreCase),
            Principals = [.. Principals(notPrincipal ?? Member(json, "Principal"))],
            ExceptsPrincipals = notPrincipal is not null,
            Actions = Patterns(notAction ?? Member(json, "Action"), ignoreCase: true) ?? [],
            ExceptsActions = notAction is not null,
            Resources = Patterns(notResource ?? Member(json, "Resource"), ignoreCase: false) ?? Anything,
            ExceptsResources = notResource is not null,
            Conditions = [.. Conditions(Member(json, "Condition"))],
        };
    }

    private static IEnumerable<Principal> Principals(JsonElement? member)
    {
        if (member is not { ValueKind: JsonValueKind.Object } kinds)
        {
            return Texts(member).Select(Principal.Aws);
        }

        return kinds.EnumerateObject().SelectMany(kind => Texts(kind.Value).Select(value => kind.Name.ToLowerInvariant() switch
        {
            "service" => new Principal(PrincipalKind.Service, value),
            "federated" => new Principal(PrincipalKind.Federated, value),
            "canonicaluser" => new Principal(PrincipalKind.CanonicalUser, value),
            _ => Principal.Aws(value),
        }));
    }

    private static IEnumerable<PolicyCondition> Conditions(JsonElement? member) =>
        member is not { ValueKind: JsonValueKind.Object } operators ? [] : operators.EnumerateObject()
            .Where(condition => condition.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(condition => condition.Value.EnumerateObject()
                .Select(key => PolicyCondition.Parse(condition.Name, key.Name, [.. Texts(key.Value)])));

    private static Wildcard[]? Patterns(JsonElement? member, bool ignoreCase) =>
        member is null ? null : [.. Texts(member).Select(text => new Wildcard(text, ignoreCase))];

    private static IEnumerable<string> Texts(JsonElement? member) => member is not { } json ? [] : Items(json).Select(item => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => item.GetRawText(),
    });

    private static IEnumerable<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [json];

    private static JsonElement? Member(JsonElement json, string name)
    {
        if (json.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }
}
