using System;
using System.Collections.Generic;
using System.Linq;

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
        var requester = new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Own, Owner = owner, AccountId = owner.AccountId, OnlyAction = AnyAction };
        var allows = statements.Where(statement => statement.IsAllow && IsMet(statement, requester, work)).ToArray();
        var solver = new RequestSolver([.. statements.Where(statement => !statement.IsAllow).Select(AsEveryones)], PolicyTarget.Of(ArnOf(owner, AnyText, AnyText)), work);
        var general = Array.Find(allows, allow => allow.IsAboutAction(AnyAction) && solver.CanAsk([allow], requester) == true);
        var isWhole = general is not null && new[] { ArnOf(owner, AnyText, AnyText), ArnOf(owner, AnyText, ""), ArnOf(owner, "s3", "") }.All(resource => IsGrantedWhole(resource, allows, requester, work));
        isUndecided = work.IsExhausted;
        return isWhole && !isUndecided ? general : null;
    }

    private static bool IsMet(Statement statement, Requester requester, Work work) =>
        statement.Conditions.GroupBy(condition => condition.Key, StringComparer.Ordinal).All(group =>
        {
            var tests = group.Select(condition => (Condition: condition, Test: new ConditionTest(condition, requester, wanted: true))).ToArray();
            return KeyCandidates.Of(requester.Of(group.Key), tests).Any(value => work.Spend(tests.Length) && Array.TrueForAll(tests, pair => pair.Test.Holds(value)));
        });

    // What one statement excepts must be granted by another; what no action of IAM's is called is no exception.
    private static bool IsGrantedWhole(string resource, Statement[] allows, Requester requester, Work work)
    {
        var general = allows.Where(allow => allow.IsAboutAction(AnyAction) && IsAbout(allow, resource, requester)).OrderBy(allow => allow.ExceptsActions ? allow.Actions.Count : 0).FirstOrDefault();
        return general is not null && (!general.ExceptsActions
            || general.ActionPatterns.All.SelectMany(KnownActions.Matching).All(action => work.Spend(allows.Length) && IsGranted(action, allows, requester)));
    }

    private static bool IsGranted(string action, Statement[] allows, Requester requester)
    {
        var service = action.Substring(0, action.IndexOf(':'));
        var arn = ArnOf(requester.Owner, service, service is "s3" or "iam" ? "" : AnyText);
        return Array.Exists(allows, allow => allow.IsAboutAction(action) && IsAbout(allow, arn, requester));
    }

    private static bool IsAbout(Statement allow, string resource, Requester requester) =>
        allow.ResourcePatterns(requester, wanted: true).Matches(resource) != allow.ExceptsResources;

    // Buckets have no account in their ARNs.
    private static string ArnOf(Owner owner, string service, string region) =>
        $"arn:{owner.Partition}:{service}:{region}:{(service == "s3" ? "" : owner.AccountId)}:{AnyText}";

    // Statements of identities name no principal; those who ask are the ones they are attached to.
    private static Statement AsEveryones(Statement statement) => statement with { Principals = [Principal.Everyone] };
}
