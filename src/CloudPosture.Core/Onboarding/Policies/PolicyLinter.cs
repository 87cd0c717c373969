using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Catalog;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Tells what an identity policy grants beyond reading configuration, and what of it is needless.</summary>
public sealed class PolicyLinter
{
    private readonly HashSet<string> _used;

    /// <summary>A linter that knows what a catalog calls.</summary>
    /// <param name="catalog">What is harvested; the one that ships where null.</param>
    public PolicyLinter(ServiceCatalog? catalog = null) =>
        _used = new HashSet<string>((catalog ?? ServiceCatalog.Default).Services.SelectMany(service => service.Actions), StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks one policy.</summary>
    /// <param name="json">The document of an identity policy.</param>
    /// <param name="besideSecurityAudit">True where SecurityAudit is attached too, so that what it grants is needless.</param>
    /// <param name="limit">The most characters, without white space, that IAM accepts of it.</param>
    /// <returns>The issues, in the order of the document; none where it only reads what is needed.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">The JSON is not a policy document.</exception>
    public IReadOnlyList<PolicyIssue> Check(string json, bool besideSecurityAudit = true, int limit = PolicyText.ManagedPolicyLimit)
    {
        using var document = JsonDocument.Parse(json);
        var length = PolicyText.Measure(json);
        IEnumerable<PolicyIssue> issues = Statements(document.RootElement).SelectMany((statement, index) => CheckStatement(statement, index, besideSecurityAudit));
        return length <= limit ? [.. issues] :
        [
            .. issues,
            new() { Kind = PolicyIssueKind.TooLong, Message = $"The policy has {length:N0} characters without white space, and IAM accepts {limit:N0}: split it." },
        ];
    }

    private IEnumerable<PolicyIssue> CheckStatement(JsonElement statement, int index, bool besideSecurityAudit)
    {
        if (Text(statement, "Effect") != "Allow")
        {
            return [];
        }

        var name = Text(statement, "Sid") ?? (index + 1).ToString(CultureInfo.InvariantCulture);
        IEnumerable<PolicyIssue> issues = statement.TryGetProperty("NotAction", out var excepted)
            ? [Wide("NotAction", "NotAction allows everything but what it lists: name the actions instead.", Texts(excepted))]
            : Texts(statement.TryGetProperty("Action", out var actions) ? actions : default).Select(action => CheckAction(action, besideSecurityAudit)).OfType<PolicyIssue>();
        return issues.Select(issue => issue with { Statement = name });
    }

    private PolicyIssue? CheckAction(string action, bool besideSecurityAudit)
    {
        var granted = IamActions.Matching(action).ToList();
        if (granted.Count == 0)
        {
            return Issue(PolicyIssueKind.UnknownAction, action, $"IAM knows no action that '{action}' matches: correct or remove it.");
        }

        return ActionPattern.HasWildcard(action) ? CheckWildcard(action, granted, besideSecurityAudit) : CheckName(action, granted[0], besideSecurityAudit);
    }

    private PolicyIssue? CheckWildcard(string pattern, List<IamAction> granted, bool besideSecurityAudit)
    {
        var beyond = granted.Where(action => !action.ReadsConfiguration).ToList();
        if (beyond.Count > 0)
        {
            var data = beyond.Count(action => action.CustomerData is not null);
            return Wide(
                pattern,
                $"'{pattern}' reaches {beyond.Count - data:N0} actions that change something and {data:N0} that return customer data, {beyond[0].Name} among them: name the actions that are needed.",
                [.. beyond.Select(action => action.Name)]);
        }

        return granted.TrueForAll(action => !_used.Contains(action.Name)) ? Unused(pattern)
            : besideSecurityAudit && granted.TrueForAll(action => SecurityAuditPolicy.Grants(action.Name)) ? Granted(pattern)
            : null;
    }

    private PolicyIssue? CheckName(string name, IamAction action, bool besideSecurityAudit) => action switch
    {
        { CustomerData: { } reason } => Issue(PolicyIssueKind.CustomerData, name, $"'{name}' returns customer data, not configuration: {reason}."),
        { ReadsConfiguration: false } => Issue(PolicyIssueKind.Write, name, $"'{name}' is of level {action.AccessLevel}: a reader does not need it."),
        _ when besideSecurityAudit && SecurityAuditPolicy.Grants(name) => Granted(name),
        _ when !_used.Contains(name) => Unused(name),
        _ => null,
    };

    private static PolicyIssue Granted(string action) =>
        Issue(PolicyIssueKind.GrantedBySecurityAudit, action, $"SecurityAudit ({SecurityAuditPolicy.Version}) grants '{action}' already.");

    private static PolicyIssue Unused(string action) =>
        Issue(PolicyIssueKind.Unused, action, $"No call of the catalog needs '{action}'.");

    private static PolicyIssue Wide(string action, string message, IReadOnlyList<string> reaches) =>
        Issue(PolicyIssueKind.TooWide, action, message) with { Reaches = reaches };

    private static PolicyIssue Issue(PolicyIssueKind kind, string action, string message) => new() { Kind = kind, Action = action, Message = message };

    private static IEnumerable<JsonElement> Statements(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Statement", out var statements)
            ? OneOrMore(statements, JsonValueKind.Object)
            : throw new FormatException("The JSON is not a policy document: it has no 'Statement'.");

    private static IReadOnlyList<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined
            ? throw new FormatException("A statement of the policy document has neither 'Action' nor 'NotAction'.")
            : [.. OneOrMore(value, JsonValueKind.String).Select(text => text.GetString()!)];

    private static IEnumerable<JsonElement> OneOrMore(JsonElement value, JsonValueKind kind)
    {
        var elements = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        return elements.TrueForAll(element => element.ValueKind == kind)
            ? elements
            : throw new FormatException($"The policy document holds something else where a {(kind == JsonValueKind.Object ? "statement" : "text")} was expected.");
    }

    private static string? Text(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
