using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Tells what an identity policy grants beyond reading configuration, and what of it is needless.</summary>
public sealed class PolicyLinter
{
    private readonly HashSet<string> _used;

    /// <summary>A linter that knows what a catalog calls.</summary>
    /// <param name="catalog">What is harvested.</param>
    public PolicyLinter(ServiceCatalog catalog) =>
        _used = new HashSet<string>(catalog.All.SelectMany(service => service.Actions), StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks one policy.</summary>
    /// <param name="json">The document of an identity policy.</param>
    /// <param name="besideSecurityAudit">True where SecurityAudit is attached too, so that what it grants is needless.</param>
    /// <param name="limit">The most characters, without white space, that IAM accepts of it; null for a policy of AWS's own, which nobody measures.</param>
    /// <returns>The issues, in the order of the document; none where it only reads what is needed.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">The JSON is not an object.</exception>
    public IReadOnlyList<PolicyIssue> Check(string json, bool besideSecurityAudit = true, int? limit = PolicyText.ManagedPolicyLimit)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The JSON is not a policy document: it has no 'Statement'.");
        }

        var length = PolicyText.Measure(json);
        return
        [
            .. PolicyStructure.ProblemsOf(root).Select(Malformed),
            .. PolicyStructure.StatementsOf(root).SelectMany((statement, index) => CheckStatement(statement, index, besideSecurityAudit)),
            .. length <= limit || limit is null ? Array.Empty<PolicyIssue>() :
            [
                new() { Kind = PolicyIssueKind.TooLong, Message = $"The policy has {length:N0} characters without white space, and IAM accepts {limit:N0}: split it." },
            ],
        ];
    }

    private IEnumerable<PolicyIssue> CheckStatement(JsonElement statement, int index, bool besideSecurityAudit)
    {
        var problems = PolicyStructure.ProblemsOfStatement(statement).Select(Malformed).ToList();
        IEnumerable<PolicyIssue> issues = problems.Count > 0 ? problems
            : Text(statement, "Effect") != "Allow" ? []
            : statement.TryGetProperty("NotAction", out var excepted) ? CheckAllBut(PolicyStructure.TextsOf(excepted)!)
            : PolicyStructure.TextsOf(statement.GetProperty("Action"))!.Select(action => CheckAction(action, besideSecurityAudit)).OfType<PolicyIssue>();
        var name = NameOf(statement) ?? (index + 1).ToString(CultureInfo.InvariantCulture);
        return issues.Select(issue => issue with { Statement = name });
    }

    /// <summary>NotAction allows whatever it does not list, what AWS has yet to add included.</summary>
    private static IEnumerable<PolicyIssue> CheckAllBut(IReadOnlyList<string> excepted)
    {
        foreach (var action in excepted.Where(action => !IamActions.Matching(action).Any()))
        {
            yield return Unknown(action);
        }

        var beyond = IamActions.Matching("*").Where(action => !action.ReadsConfiguration && !excepted.Any(pattern => ActionPattern.Matches(pattern, action.Name))).ToList();
        yield return Wide(
            "NotAction",
            beyond.Count == 0
                ? "NotAction allows everything but what it lists, and so whatever AWS adds: name the actions that are needed."
                : $"NotAction allows everything but what it lists, which reaches {Count(beyond)}: name the actions that are needed.",
            beyond);
    }

    private PolicyIssue? CheckAction(string action, bool besideSecurityAudit)
    {
        var granted = IamActions.Matching(action).ToList();
        if (granted.Count == 0)
        {
            // What the catalog needs may be newer than the list.
            return _used.Contains(action) ? null : Unknown(action);
        }

        return ActionPattern.HasWildcard(action) ? CheckWildcard(action, granted, besideSecurityAudit) : CheckName(action, granted[0], besideSecurityAudit);
    }

    private PolicyIssue? CheckWildcard(string pattern, List<IamAction> granted, bool besideSecurityAudit)
    {
        var beyond = granted.Where(action => !action.ReadsConfiguration).ToList();
        if (beyond.Count > 0)
        {
            return Wide(pattern, $"'{pattern}' reaches {Count(beyond)}: name the actions that are needed.", beyond);
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

    private static PolicyIssue Unknown(string action) =>
        Issue(PolicyIssueKind.UnknownAction, action, $"IAM knows no action that '{action}' matches: correct or remove it.");

    private static PolicyIssue Malformed(string message) =>
        new() { Kind = PolicyIssueKind.Malformed, Message = message + " IAM refuses the policy." };

    private static string Count(IReadOnlyCollection<IamAction> beyond)
    {
        var data = beyond.Count(action => action.CustomerData is not null);
        return $"{beyond.Count - data:N0} actions that change something and {data:N0} that return customer data, {beyond.First().Name} among them";
    }

    private static PolicyIssue Wide(string action, string message, IEnumerable<IamAction> reaches) =>
        Issue(PolicyIssueKind.TooWide, action, message) with { Reaches = [.. reaches.Select(reached => reached.Name)] };

    private static PolicyIssue Issue(PolicyIssueKind kind, string action, string message) => new() { Kind = kind, Action = action, Message = message };

    private static string? NameOf(JsonElement statement) =>
        statement.ValueKind == JsonValueKind.Object && Text(statement, "Sid") is { Length: > 0 } sid ? sid : null;

    private static string? Text(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
