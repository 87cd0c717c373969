using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using Actions = CloudPosture.Assessment.Policies.Solving.KnownActions;

namespace CloudPosture.Posture.Access;

/// <summary>Answers who may do something, and what somebody may do, by all policies that were harvested.</summary>
public sealed class AccessAnalysis
{
    private readonly IdentityEstate _estate;
    private readonly IReadOnlyList<ResourcePolicyField> _fields;

    private AccessAnalysis(IdentityEstate estate, IReadOnlyList<ResourcePolicyField> fields) => (_estate, _fields) = (estate, fields);

    /// <summary>Accounts in an organization whose control policies were not read: the answers may allow what these forbid.</summary>
    public IReadOnlyList<string> AccountsWithoutControl => [.. _estate.WithoutControl];

    /// <summary>All actions that IAM knows, as AWS spells them.</summary>
    public static IEnumerable<string> KnownActions => Actions.All.Select(Actions.Spelled);

    /// <summary>The ARNs of all users and roles.</summary>
    public IEnumerable<string> Principals => _estate.Identities.Select(identity => identity.Arn);

    /// <summary>Reads accounts.</summary>
    /// <param name="snapshots">The accounts.</param>
    /// <param name="content">What can be harvested, and where policies of resources stand.</param>
    /// <param name="arns">The resources that are asked about; null where it may be any.</param>
    /// <param name="resources">Reads an account's resources of some types, where there is a quicker way than to read all; null for none.</param>
    public static AccessAnalysis Of(IEnumerable<IAccountSnapshot> snapshots, ContentSet content, IEnumerable<string>? arns = null, Func<IAccountSnapshot, IReadOnlyList<string>, IEnumerable<Resource>>? resources = null)
    {
        var services = arns is null ? null : new HashSet<string>(arns.Select(arn => Arn.ServiceOf(arn) ?? ""), StringComparer.Ordinal);
        IReadOnlyList<ResourcePolicyField> fields = [.. ResourcePolicyField.AllOf(content).Where(field => services?.Contains(field.Service) != false)];
        return new(IdentityEstate.Read(snapshots, content.Catalog, [.. fields.Select(field => field.Type), BucketBlocks.AccountType], resources), fields);
    }

    /// <summary>Who may do an action on a resource: users and roles that were harvested, and whom the resource's own policy lets in beside.</summary>
    /// <param name="action">The action, in any case.</param>
    /// <param name="arn">The resource's ARN.</param>
    /// <returns>Those that may, or of whom it is not known.</returns>
    public IEnumerable<AccessAnswer> WhoMay(string action, string arn)
    {
        var (owner, policy, isBlocked) = PolicyOn(arn, action);
        foreach (var identity in _estate.Identities)
        {
            if (Answer(identity, action, arn, new Ask(action, arn) { AccountId = owner, ResourcePolicy = policy }) is { } answer)
            {
                yield return answer;
            }
        }

        foreach (var identity in OutsideIdentities.In(policy, action, account => _estate.Account(account) is not null))
        {
            if (!(isBlocked && identity.Kind == IdentityKind.Everyone) && Answer(identity, action, arn, new Ask(action, arn) { AccountId = owner, ResourcePolicy = policy }) is { } answer)
            {
                yield return answer;
            }
        }
    }

    /// <summary>What a user or role may do, by its own policies and by those of resources that let it in.</summary>
    /// <param name="arn">The user's or role's ARN.</param>
    /// <param name="isWanted">Tells the actions that are asked about; null for all.</param>
    /// <returns>What it may do, or of which it is not known; null where no such user or role was harvested.</returns>
    public IEnumerable<AccessAnswer>? WhatMay(string arn, Func<string, bool>? isWanted = null) =>
        _estate.Find(arn) is { } found ? ByOwnPolicies(found, isWanted).Concat(ByResources(found, isWanted)) : null;

    private IEnumerable<AccessAnswer> ByOwnPolicies(Identity identity, Func<string, bool>? isWanted)
    {
        var told = new HashSet<(string, string)>();
        foreach (var statement in identity.Statements.Where(statement => statement.IsAllow))
        {
            var resources = ResourcesOf(identity, statement).ToList();
            foreach (var action in ActionsOf(statement, Actions.All).Where(action => isWanted?.Invoke(Actions.Spelled(action)) != false))
            {
                foreach (var (text, resource) in resources)
                {
                    if (told.Add((action, text)) && Answer(identity, action, text, new Ask(action, resource)) is { } answer)
                    {
                        yield return answer;
                    }
                }
            }
        }
    }

    private IEnumerable<AccessAnswer> ByResources(Identity identity, Func<string, bool>? isWanted) =>
        from field in _fields
        from account in _estate.Accounts
        where account.Others.ContainsKey(field.Type)
        from resource in account.Others[field.Type]
        let policy = field.Of(resource)
        where policy?.Statements is not null
        let service = field.Actions.Count > 0 ? "sts" : field.Service
        from action in (policy.Statements ?? [])
            .Where(statement => statement.IsAllow && MayMean(statement, identity))
            .SelectMany(statement => ActionsOf(statement, Actions.Of(service)))
            .Distinct(StringComparer.Ordinal)
        where isWanted?.Invoke(Actions.Spelled(action)) != false
        let answer = Answer(identity, action, resource.Arn, new Ask(action, resource.Arn) { AccountId = resource.AccountId, ResourcePolicy = policy })
        where answer?.DecidedBy.Any(reason => reason.StartsWith(policy.Name + ": ", StringComparison.Ordinal)) == true
        select answer;

    private static bool MayMean(Statement statement, Identity identity) => statement.ExceptsPrincipals
        || statement.Principals.Any(principal => principal.IsAny || principal.Value == identity.Arn || (principal.IsWholeAccount && principal.AccountId == identity.AccountId));

    internal static IEnumerable<string> ActionsOf(Statement statement, IEnumerable<string> among) => among.Where(statement.IsAboutAction);

    /// <summary>What a statement is about, as it says it and as a resource that stands for it.</summary>
    internal static IEnumerable<(string Text, string Resource)> ResourcesOf(Identity identity, Statement statement) => statement.ExceptsResources
        ? [($"all but {string.Join(", ", statement.Resources.Select(resource => resource.Text))}", Glob.Of($"arn:*:*:*:{identity.AccountId}:*").Witness())]
        : statement.Resources.Zip(
            statement.ResourcePatterns(new RequestContext(new AccessRequest(identity.Arn, "*", "*") { PrincipalContext = identity.Context }), wanted: true).All,
            (text, pattern) => (text.Text, pattern.Witness()));

    private AccessAnswer? Answer(Identity identity, string action, string resource, Ask ask)
    {
        var decision = _estate.Decide(identity, ask);
        return decision.Outcome is AccessOutcome.Allowed or AccessOutcome.Unknown
            ? new AccessAnswer(AccessParty.Of(identity), Actions.Spelled(action.ToLowerInvariant()), resource, decision.Outcome == AccessOutcome.Allowed, decision.DecidedBy, decision.HangsOn)
            : null;
    }

    // A resource that has a policy and was not harvested is one whose policy could not be read.
    private (string? Owner, AccessPolicy? Policy, bool IsBlocked) PolicyOn(string arn, string action)
    {
        var fields = _fields.Where(field => field.Service == Arn.ServiceOf(arn) && field.IsAsked(action)).ToList();
        foreach (var field in fields)
        {
            foreach (var account in _estate.Accounts)
            {
                if (account.Others[field.Type].Find(resource => field.IsOn(resource, arn)) is { } found)
                {
                    return (found.AccountId, field.Of(found), BucketBlocks.RestrictsPublic(found, account));
                }
            }
        }

        return (Arn.AccountOf(arn), fields.Count == 0 ? null : new AccessPolicy("policy of " + arn, null), false);
    }
}
