using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>A parsed IAM policy document. Element names, condition keys and operators compare without regard to case, as IAM does.</summary>
internal sealed class PolicyDocument
{
    private const string VersionWithVariables = "2012-10-17";

    private PolicyDocument(IReadOnlyList<Statement> statements) => Statements = statements;

    public IReadOnlyList<Statement> Statements { get; }

    public IEnumerable<Statement> Allows => Statements.Where(statement => statement.IsAllow);

    public IReadOnlyList<Statement> Denies => [.. Statements.Where(statement => !statement.IsAllow)];

    /// <summary>What in the document cannot be understood though its statements can; null where that is nothing.</summary>
    public string? Doubt => Statements
        .SelectMany(statement => statement.Conditions.Where(condition => condition.NoAddress is not null), (statement, condition) => $"{statement.Label} compares {condition.Key} with {condition.NoAddress}, which is no address and no network")
        .FirstOrDefault();

    /// <summary>Documents that apply to one resource together, as one; each by itself where one of them could not be understood.</summary>
    public static IReadOnlyList<PolicyDocument?> Together(IReadOnlyList<PolicyDocument?> documents) =>
        documents.Count < 2 || documents.Contains(null) ? documents : [new([.. documents.SelectMany(document => document!.Statements)])];

    /// <summary>The document without some of its statements.</summary>
    public PolicyDocument Where(Func<Statement, bool> isKept) => Statements.All(isKept) ? this : new([.. Statements.Where(isKept)]);

    /// <summary>Parses a document: an object, or the text of one.</summary>
    /// <param name="json">What AWS answered.</param>
    /// <returns>The document; null where this is none.</returns>
    public static PolicyDocument? Parse(JsonElement json) => json.ValueKind == JsonValueKind.String ? Parse(json.GetString()!) : ParseObject(json);

    /// <summary>Parses the text of a document; null where this is none.</summary>
    public static PolicyDocument? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return ParseObject(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Parses one document or several: a list of documents, a mapping of names to them, or a list of answers with a document as their Policy.</summary>
    /// <param name="json">What AWS answered.</param>
    /// <returns>The documents; null in place of what is none.</returns>
    public static IReadOnlyList<PolicyDocument?> ParseAll(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array =>
        [
            .. json.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Object && Member(element, "Policy") is { } policy ? Parse(policy) : Parse(element)),
        ],
        JsonValueKind.Object when Member(json, "Statement") is null => [.. json.EnumerateObject().Select(named => Parse(named.Value))],
        _ => [Parse(json)],
    };

    private static PolicyDocument? ParseObject(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Member(json, "Statement") is not { } member || SaysTwice(json))
        {
            return null;
        }

        // A document that names no version is of the first one, which takes variables for plain text.
        var variables = Member(json, "Version") is { ValueKind: JsonValueKind.String } version && version.GetString() == VersionWithVariables;
        var statements = new List<Statement>();
        foreach (var element in Items(member))
        {
            if (ParseStatement(element, statements.Count + 1, variables) is not { } statement)
            {
                return null;
            }

            statements.Add(statement);
        }

        return new PolicyDocument(statements);
    }

    // Which of two members of one name counts, nobody says.
    private static bool SaysTwice(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Any(same => same.Skip(1).Any()) || json.EnumerateObject().Any(member => SaysTwice(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(SaysTwice),
        _ => false,
    };

    private static Statement? ParseStatement(JsonElement json, int number, bool variables)
    {
        if (json.ValueKind != JsonValueKind.Object || Member(json, "Effect") is not { ValueKind: JsonValueKind.String } member
            || member.GetString() is not { } effect || (!Is(effect, "Allow") && !Is(effect, "Deny")))
        {
            return null;
        }

        var notPrincipal = Member(json, "NotPrincipal");
        var notAction = Member(json, "NotAction");
        var notResource = Member(json, "NotResource");
        var resources = notResource ?? Member(json, "Resource");
        return new Statement
        {
            Number = number,
            Sid = Member(json, "Sid") is { ValueKind: JsonValueKind.String } sid ? sid.GetString() : null,
            IsAllow = Is(effect, "Allow"),
            Principals = [.. Principals(notPrincipal ?? Member(json, "Principal"))],
            ExceptsPrincipals = notPrincipal is not null,
            Actions = [.. Texts(notAction ?? Member(json, "Action")).Select(text => TextPattern.Parse(text, wildcards: true, variables: false, ignoreCase: true))],
            ExceptsActions = notAction is not null,
            Resources = [.. (resources is null ? ["*"] : Texts(resources)).Select(text => TextPattern.Parse(text, wildcards: true, variables, ignoreCase: false))],
            ExceptsResources = notResource is not null,
            Conditions = [.. Conditions(Member(json, "Condition"), variables)],
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

    private static IEnumerable<PolicyCondition> Conditions(JsonElement? member, bool variables) =>
        member is not { ValueKind: JsonValueKind.Object } operators ? [] : operators.EnumerateObject()
            .Where(condition => condition.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(condition => condition.Value.EnumerateObject()
                .Select(key => PolicyCondition.Parse(condition.Name, key.Name, Texts(key.Value), variables)));

    private static IEnumerable<string> Texts(JsonElement? member) => member is not { } json ? [] : Items(json).Select(item => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => item.GetRawText(),
    });

    private static IEnumerable<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [json];

    private static bool Is(string text, string known) => string.Equals(text, known, StringComparison.OrdinalIgnoreCase);

    private static JsonElement? Member(JsonElement json, string name)
    {
        if (json.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (Is(member.Name, name))
            {
                return member.Value;
            }
        }

        return null;
    }
}
