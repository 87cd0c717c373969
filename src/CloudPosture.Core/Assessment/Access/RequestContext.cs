using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Access;

/// <summary>What is known of a request's condition keys.</summary>
internal sealed class RequestContext : IVariables
{
    private readonly Dictionary<string, IReadOnlyList<string>> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Requester _requester;
    private readonly AccessRequest _request;

    public RequestContext(AccessRequest request)
    {
        _request = request;
        AccountId = Arn.AccountOf(request.Principal);
        ResourceAccountId = request.ResourceAccountId ?? Arn.AccountOf(request.Resource) ?? AccountId;
        _known["aws:PrincipalArn"] = [request.Principal];
        if (AccountId is not null)
        {
            _known["aws:PrincipalAccount"] = [AccountId];
            _known["aws:ResourceAccount"] = [ResourceAccountId!];
        }

        foreach (var pair in request.Context)
        {
            _known[pair.Key] = pair.Value;
        }

        _requester = new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Own, Owner = new Owner(AccountId ?? ""), AccountId = AccountId, Name = request.Principal };
    }

    public string? AccountId { get; }

    public string? ResourceAccountId { get; }

    public string? ValueOf(string key) => !_known.TryGetValue(key, out var values) ? $"{Glob.Any}" : values.Count == 0 ? null : values[0];

    /// <summary>Whether a statement is about the request.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="namesPrincipals">Whether its policy is one of a resource.</param>
    public Verdict Applies(Statement statement, bool namesPrincipals)
    {
        if (!statement.IsAboutAction(_request.Action.ToLowerInvariant()) || (namesPrincipals && !_requester.IsMeantBy(statement)))
        {
            return Verdict.False;
        }

        var parts = statement.Conditions.Select(Meets).Append(IsAboutResource(statement)).ToArray();
        return parts.Contains(Verdict.False) ? Verdict.False : parts.Contains(Verdict.Unknown) ? Verdict.Unknown : Verdict.True;
    }

    /// <summary>Whether a statement names the principal itself rather than its whole account.</summary>
    public bool IsNamed(Statement statement) =>
        statement.ExceptsPrincipals || statement.Principals.Any(principal => _requester.Is(principal) && (principal.IsAny || !principal.IsWholeAccount));

    private Verdict IsAboutResource(Statement statement)
    {
        var may = statement.ResourcePatterns(this, wanted: true).Matches(_request.Resource) != statement.ExceptsResources;
        var must = statement.ResourcePatterns(this, wanted: false).Matches(_request.Resource) != statement.ExceptsResources;
        return must ? Verdict.True : may ? Verdict.Unknown : Verdict.False;
    }

    private Verdict Meets(PolicyCondition condition)
    {
        if (!_known.TryGetValue(condition.Key, out var values) || condition.Kind == OperatorKind.Unknown)
        {
            return Verdict.Unknown;
        }

        var value = new KeyValue(values);
        return new ConditionTest(condition, this, wanted: false).Holds(value) ? Verdict.True
            : new ConditionTest(condition, this, wanted: true).Holds(value) ? Verdict.Unknown
            : Verdict.False;
    }
}
