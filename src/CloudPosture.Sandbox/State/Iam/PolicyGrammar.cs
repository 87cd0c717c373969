using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>What IAM checks of a policy before it keeps it.</summary>
internal static class PolicyGrammar
{
    private const int TrustSize = 2048;
    private const int ManagedSize = 6144;
    private static readonly string[] Members = ["Version", "Id", "Statement"];
    private static readonly string[] StatementMembers = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    /// <summary>A policy for an identity: managed or inline.</summary>
    public static string Identity(string document)
    {
        foreach (var statement in Statements(document))
        {
            if (Has(statement, "Principal"))
            {
                throw IamErrors.Malformed("Policy document should not specify a principal.");
            }

            CheckActions(statement);
            if (!Has(statement, "Resource"))
            {
                throw IamErrors.Malformed("Policy statement must contain resources.");
            }

            foreach (var resource in Texts(statement["Resource"] ?? statement["NotResource"]).Where(resource => resource != "*" && resource.Count(character => character == ':') < 5))
            {
                throw IamErrors.Malformed($"Resource {resource} must be in ARN format or \"*\".");
            }
        }

        return document;
    }

    public static string Managed(string document) => Size(Identity(document)) > ManagedSize
        ? throw IamErrors.LimitExceeded($"Cannot exceed quota for PolicySize: {ManagedSize}")
        : document;

    /// <summary>A role's trust policy.</summary>
    /// <param name="document">The policy.</param>
    /// <param name="world">Knows which principals there are.</param>
    public static string Trust(string document, World world)
    {
        foreach (var statement in Statements(document))
        {
            if (Has(statement, "Resource"))
            {
                throw IamErrors.Malformed("Has prohibited field Resource");
            }

            if (!Has(statement, "Principal"))
            {
                throw IamErrors.Malformed("Missing required field Principal");
            }

            CheckActions(statement);
            if (Texts(statement["Action"] ?? statement["NotAction"]).Any(action => action != "*" && !action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase)))
            {
                throw IamErrors.Malformed("AssumeRole policy may only specify STS AssumeRole actions.");
            }

            foreach (var principal in Texts(statement["Principal"]?["AWS"]).Where(principal => !IsPrincipal(principal, world)))
            {
                throw IamErrors.Malformed($"Invalid principal in policy: \"AWS\":\"{principal}\"");
            }
        }

        return Size(document) > TrustSize ? throw IamErrors.LimitExceeded($"Cannot exceed quota for ACLSizePerRole: {TrustSize}") : document;
    }

    /// <summary>A policy's size as quotas count it: without white space.</summary>
    public static int Size(string document) => document.Count(character => !char.IsWhiteSpace(character));

    private static List<JsonObject> Statements(string document)
    {
        if (Parse(document) is not JsonObject policy)
        {
            throw IamErrors.Malformed("Syntax errors in policy.");
        }

        var statements = (policy["Statement"] switch { JsonArray list => [.. list], JsonObject one => [one], _ => Array.Empty<JsonNode?>() }).OfType<JsonObject>().ToList();
        var isWellFormed = statements.Count > 0
            && policy.All(member => Members.Contains(member.Key))
            && (policy["Version"] is null || Texts(policy["Version"]) is ["2012-10-17" or "2008-10-17"])
            && statements.TrueForAll(statement => statement.All(member => StatementMembers.Contains(member.Key)) && Texts(statement["Effect"]) is ["Allow" or "Deny"]);
        return isWellFormed ? statements : throw IamErrors.Malformed("Syntax errors in policy.");
    }

    private static JsonNode? Parse(string document)
    {
        try
        {
            return JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            throw IamErrors.Malformed("This policy contains invalid Json");
        }
    }

    private static void CheckActions(JsonObject statement)
    {
        var actions = Texts(statement["Action"] ?? statement["NotAction"]);
        if (actions.Count == 0)
        {
            throw IamErrors.Malformed("Policy statement must contain actions.");
        }

        if (actions.Any(action => action != "*" && action.IndexOf(':', StringComparison.Ordinal) is not > 0))
        {
            throw IamErrors.Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    private static bool Has(JsonObject statement, string member) => statement.ContainsKey(member) || statement.ContainsKey("Not" + member);

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.SelectMany(Texts)],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private static bool IsPrincipal(string principal, World world)
    {
        if (principal == "*" || IsAccount(principal))
        {
            return true;
        }

        if (principal.Split(':') is not ["arn", "aws", var service, "", var accountId, var entity] || !IsAccount(accountId) || !IsEntity(service, entity.Split('/')))
        {
            return false;
        }

        // Of the organization's own roles we know which there are; strangers are believed.
        return world.Organization.Find(accountId) is not { } account
            || !entity.StartsWith("role/", StringComparison.Ordinal)
            || IamService.FindRole(world, world.Organization.Global(account), entity[(entity.LastIndexOf('/') + 1)..]) is not null;
    }

    private static bool IsEntity(string service, string[] parts) => service switch
    {
        "iam" => parts is ["root"] or ["role" or "user", .., not ""],
        "sts" => parts is ["assumed-role", not "", not ""] or ["federated-user", not ""],
        _ => false,
    };

    private static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);
}
