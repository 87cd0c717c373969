using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Access;

/// <summary>What is known of a request's condition keys.</summary>
internal sealed class RequestContext : IVariables
{
    private readonly Dictionary<string, IReadOnlyList<string>> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Requester _requester;
    private readonly AccessRequest _request;
    private readonly string _action;

    public RequestContext(AccessRequest request)
    {
        _request = request;
        _action = request.Action.ToLowerInvariant();
        AccountId = Arn.AccountOf(request.Principal);
        ResourceAccountId = request.ResourceAccountId ?? Arn.AccountOf(request.Resource) ?? AccountId;
        if (request.Kind == RequesterKind.Signed)
        {
            _known["aws:PrincipalArn"] = [request.Principal];
        }

        if (ResourceAccountId is not null)
        {
            _known["aws:ResourceAccount"] = [ResourceAccountId];
        }

        if (AccountId is not null)
        {
            _known["aws:PrincipalAccount"] = [AccountId];
        }

        foreach (var pair in request.Context)
        {
            _known[pair.Key] = pair.Value;
        }

        _requester = new Requester { Kind = request.Kind, Sphere = Sphere.Own, Owner = new Owner(AccountId ?? ""), AccountId = AccountId, Name = request.Principal };
    }

    public string? AccountId { get; }

    public string? ResourceAccountId { get; }

    public string? ValueOf(string key) => !TryGet(key, out var values) ? $"{Glob.Any}" : values.Count == 0 ? null : values[0];

    /// <summary>Whether a statement is about the request.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="namesPrincipals">Whether its policy is one of a resource.</param>
    public Verdict Applies(Statement statement, bool namesPrincipals)
    {
        if (!statement.IsAboutAction(_action) || (namesPrincipals && !_requester.IsMeantBy(statement)))
        {
            return Verdict.False;
        }

        var verdict = IsAboutResource(statement);
        foreach (var condition in statement.Conditions)
        {
            if (verdict == Verdict.False)
            {
                break;
            }

            verdict = Meets(condition) switch { Verdict.False => Verdict.False, Verdict.Unknown => Verdict.Unknown, _ => verdict };
        }

        return verdict;
    }

    /// <summary>Whether a statement names the principal itself rather than its whole account.</summary>
    public bool IsNamed(Statement statement) =>
        statement.ExceptsPrincipals || statement.Principals.Any(principal => _requester.Is(principal) && (principal.IsAny || !principal.IsWholeAccount));

    /// <summary>The keys that a statement asks for and nothing is known of, in lower case.</summary>
    public IEnumerable<string> UnknownKeys(Statement statement) =>
        statement.Conditions.Where(condition => Meets(condition) == Verdict.Unknown).Select(condition => condition.Key);

    private bool TryGet(string key, out IReadOnlyList<string> values)
    {
        if (_known.TryGetValue(key, out values!) || _request.PrincipalContext.TryGetValue(key, out values!))
        {
            return true;
        }

        values = [];
        foreach (var prefix in _request.ListedPrefixes)
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private Verdict IsAboutResource(Statement statement)
    {
        var may = statement.ResourcePatterns(this, wanted: true).Matches(_request.Resource) != statement.ExceptsResources;
        if (!statement.HasResourceVariables)
        {
            return may ? Verdict.True : Verdict.False;
        }

        var must = statement.ResourcePatterns(this, wanted: false).Matches(_request.Resource) != statement.ExceptsResources;
        return must ? Verdict.True : may ? Verdict.Unknown : Verdict.False;
    }

    private Verdict Meets(PolicyCondition condition)
    {
        if (condition.Kind == OperatorKind.Unknown || !TryGet(condition.Key, out var values))
        {
            return Verdict.Unknown;
        }

        var value = new KeyValue(values);
        return new ConditionTest(condition, this, wanted: false).Holds(value) ? Verdict.True
            : new ConditionTest(condition, this, wanted: true).Holds(value) ? Verdict.Unknown
            : Verdict.False;
    }
}
