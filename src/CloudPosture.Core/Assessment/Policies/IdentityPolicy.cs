using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers whether an identity's policies grant everything.</summary>
internal static class IdentityPolicy
{
    // An action and a resource that no policy singles out.
    private static readonly string AnyAction = Glob.Of("*:*").Witness();
    private static readonly string AnyText = Glob.Of("*").Witness();

    /// <summary>
    /// The statement that allows what no policy singles out, where statements together allow every action that IAM knows on every
    /// resource, and the Denies leave that; null where they do not.
    /// </summary>
    /// <param name="statements">The statements of all policies that count together.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="isUndecided">Whether they are too hard to tell.</param>
    public static Statement? FullAdmin(IReadOnlyList<Statement> statements, Owner owner, out bool isUndecided)
    {
        var work = new Work();
        var ways = OwnKeys.WaysOf(statements);
        Requester[] requesters = [.. ways.Select(way => Asking(owner, AnyAction, way))];
        var requester = requesters[0];
        // A policy that reaches its holder twice, such as through two groups, says no more than once.
        var allows = statements.Where(statement => statement.IsAllow && Array.Exists(requesters, asking => IsMet(statement, asking, work))).Distinct().ToArray();
        Statement[] denies = [.. statements.Where(statement => !statement.IsAllow).Select(AsEveryones)];
        var isWhole = new[] { ArnOf(owner, AnyText, AnyText), ArnOf(owner, AnyText, ""), ArnOf(owner, "s3", "") }.All(resource => IsGrantedWhole(resource, allows, requester, work));
        var general = isWhole ? WhatIsLeft(allows, denies, owner, ways, work) : null;
        isUndecided = general is null && work.IsExhausted;
        return general;
    }

    // What no policy singles out must be left, and something of a service that there is; where services are allowed one by one, the latter will do.
    private static Statement? WhatIsLeft(Statement[] allows, Statement[] denies, Owner owner, bool[] ways, Work work)
    {
        var resource = ArnOf(owner, AnyText, AnyText);
        var solver = new RequestSolver(denies, PolicyTarget.Of(resource), work);
        var single = allows.ToDictionary(allow => allow, allow => (IReadOnlyList<Statement>)[allow]);
        Statement? Allowing(string action) => ways.Select(way => Asking(owner, action, way))
            .Select(asking => Array.Find(allows, allow => allow.IsAboutAction(action) && IsAbout(allow, resource, asking) && solver.CanAsk(single[allow], asking) == true))
            .FirstOrDefault(allow => allow is not null);
        var isGeneral = Array.Exists(allows, allow => allow.IsAboutAction(AnyAction));
        var general = isGeneral ? Allowing(AnyAction) : null;
        return isGeneral && general is null ? null
            : KnownActions.Names.Select(AnyOf).Where(_ => !work.IsSpent).Select(Allowing).FirstOrDefault(allow => allow is not null) is { } particular ? general ?? particular
            : null;
    }

    private static Requester Asking(Owner owner, string action, bool throughEndpoint) =>
        new() { Kind = RequesterKind.Signed, Sphere = Sphere.Own, Owner = owner, AccountId = owner.AccountId, OnlyAction = action, ThroughEndpoint = throughEndpoint };

    private static string AnyOf(string service) => $"{service}:{AnyText}";

    private static bool IsMet(Statement statement, Requester requester, Work work) =>
        statement.Conditions.GroupBy(condition => condition.Key, StringComparer.Ordinal).All(group =>
        {
            var tests = group.Select(condition => (Condition: condition, Test: new ConditionTest(condition, requester, wanted: true))).ToArray();
            return KeyCandidates.Of(requester.Of(group.Key), tests, work).Any(value => work.Spend(tests.Length) && Array.TrueForAll(tests, pair => pair.Test.Holds(value)));
        });

    // What one statement excepts must be granted by another; what no action of IAM's is called is no exception.
    private static bool IsGrantedWhole(string resource, Statement[] allows, Requester requester, Work work)
    {
        var general = allows
            .Where(allow => allow.IsAboutAction(AnyAction) && IsAbout(allow, resource, requester))
            .OrderBy(allow => allow.ExceptsActions ? allow.Actions.Count : 0)
            .FirstOrDefault();
        return general is null ? KnownActions.Names.All(service => IsServiceGranted(service, resource, allows, requester, work))
            : !general.ExceptsActions || general.ActionPatterns.All.SelectMany(KnownActions.Matching).All(action => work.Spend(allows.Length) && IsGranted(action, allows, requester));
    }

    private static bool IsServiceGranted(string service, string resource, Statement[] allows, Requester requester, Work work) =>
        work.Spend(allows.Sum(allow => allow.Actions.Count))
        && (Array.Exists(allows, allow => allow.IsAboutAction(AnyOf(service)) && IsAbout(allow, resource, requester))
            || KnownActions.Of(service).All(action => work.Spend(allows.Length) && IsGranted(action, allows, requester)));

    private static bool IsGranted(string action, Statement[] allows, Requester requester)
    {
        var arn = ArnOf(requester.Owner, ActionResources.ServiceOf(action));
        return Array.Exists(allows, allow => allow.IsAboutAction(action) && IsAbout(allow, arn, requester));
    }

    private static bool IsAbout(Statement allow, string resource, Requester requester) =>
        allow.ResourcePatterns(requester, wanted: true).Matches(resource) != allow.ExceptsResources;

    /// <summary>The ARN of something of a service's that no policy singles out.</summary>
    internal static string ArnOf(Owner owner, string service) => ArnOf(owner, service, service is "s3" or "iam" ? "" : AnyText);

    // Buckets have no account in their ARNs.
    private static string ArnOf(Owner owner, string service, string region) =>
        $"arn:{owner.Partition}:{service}:{region}:{(service == "s3" ? "" : owner.AccountId)}:{AnyText}";

    /// <summary>The statement as one about everyone: those of identities name no principal, and who asks is whom they are attached to.</summary>
    internal static Statement AsEveryones(Statement statement) => statement with { Principals = [Principal.Everyone] };
}
